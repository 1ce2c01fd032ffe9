//! The house's own rules, which no compiler checks.

mod features;
mod layers;
mod sources;

use crate::tally::Tally;

/// Every rule, as a step of the test run.
pub(crate) fn checks(tally: &mut Tally) {
    tally.check("no floating point near money", sources::no_floats);
    tally.check("no markup from strings in the page", sources::no_markup);
    tally.check("no file above 500 lines", sources::no_long_file);
    tally.check("dependencies point downwards", layers::downwards);
    tally.check("fail points are in no program", features::no_fail_points);
    tally.check("numbers keep their digits", features::exact_numbers);
}
