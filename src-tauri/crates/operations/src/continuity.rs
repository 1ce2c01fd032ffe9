//! Whether the archived Z-reports follow on one another, register by register.

use domain::KkmId;
use domain::continuity::{ClosedShift, Continuity, Finding};
use reports::document::Gap;
use store::RegisterOfZ;
use texts::{Key, Lang, Phrase};

use crate::board::amount;
use crate::view::{ContinuityView, FindingView, RegisterContinuity};
use crate::{Desk, Trouble, Which};

/// So many findings are told one by one; the rest are counted.
const TOLD: usize = 1_000;

impl Desk {
    /// Walks the Z-reports of one register or of all. Nothing is asked of a server.
    ///
    /// # Errors
    /// When the database cannot be read. What does not follow is a finding, no error.
    pub fn continuity(&self, which: Option<&Which>) -> Result<ContinuityView, Trouble> {
        let lang = self.lang();
        let mut walk = Walk::default();
        self.each_z(which, |register, z| {
            let view = walk.register(register);
            view.reports += 1;
            let Some(z) = z else {
                view.unnumbered += 1;
                return;
            };
            view.restored += i64::from(z.restored);
            view.first_shift = view.first_shift.or(Some(z.index));
            view.last_shift = Some(z.index);
            for finding in walk.steps.follow(z) {
                walk.tell(&finding, lang);
            }
        })?;
        Ok(ContinuityView {
            whole: walk.told + walk.untold == 0,
            registers: walk.registers,
            untold: walk.untold,
        })
    }

    /// The shifts that the archive lacks between two reports that both are `within`.
    pub(crate) fn gaps(
        &self,
        which: Option<&Which>,
        within: impl Fn(i64) -> bool,
    ) -> Result<Vec<Gap>, Trouble> {
        let mut gaps = Vec::new();
        let mut at: Option<(String, KkmId)> = None;
        let mut steps = Continuity::default();
        self.each_z(which, |register, z| {
            let is_same = |(server, kkm): &(String, KkmId)| {
                *server == register.server && *kkm == register.kkm
            };
            if !at.as_ref().is_some_and(is_same) {
                at = Some((register.server.clone(), register.kkm));
                steps = Continuity::default();
            }
            for finding in z.into_iter().flat_map(|z| steps.follow(z)) {
                if let Finding::Missing {
                    first,
                    last,
                    reports,
                } = finding
                    && reports.into_iter().all(&within)
                {
                    gaps.push(Gap {
                        server: register.server.clone(),
                        kkm: register.kkm,
                        name: register.name.clone(),
                        first,
                        last,
                    });
                }
            }
        })?;
        Ok(gaps)
    }

    /// Every Z-report of one register, or of all in scope, register by register.
    fn each_z(
        &self,
        which: Option<&Which>,
        see: impl FnMut(RegisterOfZ, Option<ClosedShift>),
    ) -> Result<(), Trouble> {
        let server = which
            .and_then(|which| which.server.as_ref())
            .or(self.scope.server.as_ref());
        let server = server.map(domain::ServerUrl::as_str);
        Ok(self
            .store
            .each_z(server, which.map(|which| which.kkm), see)?)
    }
}

#[derive(Default)]
struct Walk {
    registers: Vec<RegisterContinuity>,
    /// Over the last of the registers.
    steps: Continuity,
    told: usize,
    untold: usize,
}

impl Walk {
    /// The register at which the walk is.
    fn register(&mut self, register: RegisterOfZ) -> &mut RegisterContinuity {
        let kkm = register.kkm.get();
        let name = register.name.unwrap_or_else(|| kkm.to_string());
        let is_another = self
            .registers
            .last()
            .is_none_or(|last| last.kkm != kkm || last.server != register.server);
        if is_another {
            self.steps = Continuity::default();
            self.registers.push(RegisterContinuity {
                server: register.server,
                kkm,
                kkm_name: String::new(),
                reports: 0,
                restored: 0,
                unnumbered: 0,
                first_shift: None,
                last_shift: None,
                findings: Vec::new(),
            });
        }
        let last = self.registers.len() - 1;
        let view = &mut self.registers[last];
        view.kkm_name = name;
        view
    }

    fn tell(&mut self, finding: &Finding, lang: Lang) {
        match self.registers.last_mut() {
            Some(view) if self.told < TOLD => {
                self.told += 1;
                view.findings.push(finding_view(finding, lang));
            }
            _ => self.untold += 1,
        }
    }
}

fn finding_view(finding: &Finding, lang: Lang) -> FindingView {
    let view = |code: &str, shift, reports: &[i64; 2], message: Phrase| FindingView {
        code: code.to_owned(),
        shift,
        to_shift: None,
        before: None,
        start: None,
        reports: *reports,
        message: message.to(lang),
    };
    match finding {
        Finding::Missing {
            first,
            last,
            reports,
        } => {
            let message = if first == last {
                Phrase::of(Key::WhatMissingZ).with("index", first)
            } else {
                Phrase::of(Key::WhatMissingZs)
                    .with("first", first)
                    .with("last", last)
            };
            FindingView {
                to_shift: Some(*last),
                ..view("missing", *first, reports, message)
            }
        }
        Finding::TotalsDoNotJoin {
            index,
            kind,
            before,
            start,
            reports,
        } => {
            let message = Phrase::of(Key::WhatTotalsGap)
                .with("kind", reports::document::kind_name(*kind, lang))
                .with("index", index)
                .with("start", start)
                .with("before", before);
            FindingView {
                before: Some(amount(*before)),
                start: Some(amount(*start)),
                ..view("totals", *index, reports, message)
            }
        }
        Finding::CashDoesNotJoin {
            index,
            before,
            start,
            reports,
        } => {
            let message = Phrase::of(Key::WhatCashGap)
                .with("index", index)
                .with("start", start)
                .with("before", before);
            FindingView {
                before: Some(amount(*before)),
                start: Some(amount(*start)),
                ..view("cash", *index, reports, message)
            }
        }
        Finding::TwoReports { index, reports } => {
            let message = Phrase::of(Key::WhatTwoZs).with("index", index);
            view("two-reports", *index, reports, message)
        }
        Finding::NumbersGoBack { from, to, reports } => {
            let message = if from == to {
                Phrase::of(Key::WhatNumbersAgain).with("index", from)
            } else {
                Phrase::of(Key::WhatNumbersBack)
                    .with("from", from)
                    .with("to", to)
            };
            FindingView {
                to_shift: Some(*to),
                ..view("numbers-go-back", *from, reports, message)
            }
        }
    }
}
