/// One past the last letter that is measured: Latin, Cyrillic, punctuation, currency, letterlike signs, figures.
const MEASURED: u32 = 0x2600;
