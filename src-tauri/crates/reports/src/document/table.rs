//! A table: rows under heads on a sheet, lines under one another on a tape.

use domain::Money;

/// Rows under heads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// The columns from left to right.
    pub columns: Vec<Column>,
    /// The rows; each has a cell for every column.
    pub rows: Vec<Vec<Cell>>,
    /// The last row, in bold.
    pub total: Option<Vec<Cell>>,
    /// How the rows stand on a tape.
    pub tape: Tape,
}

/// How the rows of a table stand on a tape, where columns have no room.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tape {
    /// The first cell as a line of its own, the others below it with their captions.
    Stacked,
    /// The texts in one line, and the first sum beside them; what else there is stays on sheets.
    Lines,
}

/// A column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its head.
    pub head: String,
    /// Whether its cells are numbers, which stand on the right.
    pub number: bool,
}

impl Column {
    /// A column of texts.
    pub const fn text(head: String) -> Self {
        Self {
            head,
            number: false,
        }
    }

    /// A column of numbers.
    pub const fn number(head: String) -> Self {
        Self { head, number: true }
    }
}

/// A cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// A text.
    Text(String),
    /// A whole number, where it is known.
    Count(Option<i64>),
    /// A sum, where it is known.
    Sum(Option<Money>),
}

impl Cell {
    /// A cell with nothing in it.
    pub const EMPTY: Self = Self::Text(String::new());
}
