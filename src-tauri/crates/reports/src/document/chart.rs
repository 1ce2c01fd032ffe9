//! The charts of a period: those of the page's analytics, with the same values in the same order under the same titles.

use std::cmp::Reverse;

use chrono::{Datelike as _, Days, Months, NaiveDate};
use domain::Money;
use domain::period::{Period, Sum};
use texts::Key;

use super::{Block, Writer, head, period};
use crate::format;

/// Values to be seen beside one another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chart {
    /// The title, a line for each language.
    pub title: Vec<String>,
    /// The values, in order.
    pub points: Vec<Point>,
    /// How they stand on a sheet.
    pub form: Form,
}

/// One value of a chart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Point {
    /// Whose it is.
    pub label: String,
    /// The value, where it is known: what is not known has no bar.
    pub value: Option<Money>,
}

/// How the bars of a chart stand. A tape is too narrow for columns: there they all lie.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Columns over the course of time, with an axis of round amounts.
    Columns,
    /// Lying bars, each with its name and its amount.
    Rows,
}

/// The charts of a period: over time, by register, by section, and the cash left in the registers.
pub(super) fn write(writer: &mut Writer<'_>, of: &Period) {
    let (title, points) = over_time(of);
    push(writer, title, points, Form::Columns);
    let registers = || of.registers.iter();
    let named =
        |it: &domain::period::PeriodRegister| -> String { head::named(it.name.as_deref(), it.kkm) };
    let revenue = registers().map(|it| (named(it), it.tally.revenue.amount()));
    let cash = registers().map(|it| (named(it), it.cash));
    let sections = of.sections.iter().map(|it| {
        let name = it.name.clone().unwrap_or_else(|| it.id.to_string());
        (name, it.revenue.amount())
    });
    let rows = [
        (Key::AnalyticsByRegister, ranked(revenue)),
        (Key::AnalyticsBySection, ranked(sections)),
        (Key::AnalyticsByCash, ranked(cash)),
    ];
    for (title, points) in rows {
        push(writer, title, points, Form::Rows);
    }
}

/// Nothing where nothing is known.
fn push(writer: &mut Writer<'_>, title: Key, points: Vec<Point>, form: Form) {
    if points.iter().any(|point| point.value.is_some()) {
        let title = writer.language().lines(title);
        writer.push(Block::Chart(Chart {
            title,
            points,
            form,
        }));
    }
}

/// What is known, the most first.
fn ranked(all: impl Iterator<Item = (String, Option<Money>)>) -> Vec<Point> {
    let known = all.filter(|(_, value)| value.is_some());
    let mut points: Vec<Point> = known.map(|(label, value)| Point { label, value }).collect();
    points.sort_by_key(|point| Reverse(point.value));
    points
}

/// The revenue over time, as the page cuts it into bars: each begins on its first day within the period.
fn over_time(of: &Period) -> (Key, Vec<Point>) {
    let (Some(mut first), Some(to)) = reach(of) else {
        return (Step::Day.title(), Vec::new());
    };
    let step = Step::of((to - first).num_days() + 1);
    let mut points = Vec::new();
    while first <= to {
        let last = step.last(first).unwrap_or(to).min(to);
        let mut days = of.days.range(first..=last).peekable();
        // Days without a shift took nothing in; shifts that did not tell leave it open.
        let value = if days.peek().is_none() {
            Some(Money::ZERO)
        } else {
            let mut sum = Sum::default();
            days.for_each(|(_, tally)| sum.add(tally.revenue.amount()));
            sum.amount()
        };
        let label = step.label(first);
        points.push(Point { label, value });
        let Some(next) = last.succ_opt() else { break };
        first = next;
    }
    (step.title(), points)
}

/// The days that are drawn. Of decades only those that have reports: a mistyped year must not print metres of nothing.
fn reach(of: &Period) -> (Option<NaiveDate>, Option<NaiveDate>) {
    const DECADE: i64 = 3_653;
    let (from, to) = period::days_of(of);
    match from.zip(to) {
        Some((from, to)) if (to - from).num_days() > DECADE => {
            let first = of.days.keys().next().copied();
            (first, of.days.keys().next_back().copied())
        }
        _ => (from, to),
    }
}

/// How many days a bar over time stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    Day,
    /// From Monday on.
    Week,
    Month,
}

impl Step {
    const fn of(days: i64) -> Self {
        match days {
            ..=31 => Self::Day,
            32..=190 => Self::Week,
            _ => Self::Month,
        }
    }

    const fn title(self) -> Key {
        match self {
            Self::Day => Key::AnalyticsByDay,
            Self::Week => Key::AnalyticsByWeek,
            Self::Month => Key::AnalyticsByMonth,
        }
    }

    fn label(self, first: NaiveDate) -> String {
        match self {
            Self::Day | Self::Week => format::day_of_month(first),
            Self::Month => format::month(first),
        }
    }

    /// The last day of the bar that `day` is in.
    fn last(self, day: NaiveDate) -> Option<NaiveDate> {
        match self {
            Self::Day => Some(day),
            Self::Week => {
                let left = 6 - day.weekday().num_days_from_monday();
                day.checked_add_days(Days::new(left.into()))
            }
            Self::Month => {
                let next = day.with_day(1)?.checked_add_months(Months::new(1))?;
                next.pred_opt()
            }
        }
    }
}

#[cfg(test)]
mod tests;
