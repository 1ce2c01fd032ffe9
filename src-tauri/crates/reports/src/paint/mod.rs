//! The painters: each puts the same pages into another form, and knows nothing of what stands on them.

pub mod escpos;
pub mod pdf;
pub mod raster;
pub mod svg;
