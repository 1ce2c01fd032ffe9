//! Paints pages for a thermal printer: raster bands in ESC/POS, a feed and a cut.
//!
//! `GS v 0` is understood by nearly every thermal printer; a band is short enough for the smallest buffers.

use super::raster::{self, Bitmap};
use crate::{Pages, ReportError};

/// `ESC @`: forget what was set before.
const RESET: [u8; 2] = [0x1b, b'@'];
/// `GS V 66 n`: feed to the cutter and n dots more, then cut, leaving a point. Printers without a cutter ignore it.
const CUT: [u8; 4] = [0x1d, b'V', 66, 24];
/// Rows in a band.
const BAND: usize = 128;

/// What a printer is sent for these pages: 576 dots a row on 80 mm, 384 on 58 mm.
///
/// # Errors
/// [`ReportError::Font`] if an embedded font is damaged.
pub fn render(pages: &Pages) -> Result<Vec<u8>, ReportError> {
    let mut bytes = RESET.to_vec();
    for page in &pages.pages {
        let bitmap = raster::render(page, pages.paper.margin())?;
        bands(&bitmap, &mut bytes);
        bytes.extend(CUT);
    }
    Ok(bytes)
}

fn bands(bitmap: &Bitmap, bytes: &mut Vec<u8>) {
    let across = bitmap.width / 8;
    for band in bitmap.bytes.chunks(across.max(1) * BAND) {
        let rows = band.len() / across.max(1);
        // `GS v 0`, at normal size, with the bytes in a row and the rows, both as two bytes.
        bytes.extend([0x1d, b'v', b'0', 0]);
        for number in [across, rows] {
            let number = u16::try_from(number).unwrap_or(u16::MAX);
            bytes.extend(number.to_le_bytes());
        }
        bytes.extend(band);
    }
}
