//! PNG files of black dots and of sixteen greys.

use std::fs::File;
use std::io::BufWriter;
use std::path::Path;

use png::{BitDepth, ColorType, Compression, Encoder, PixelDimensions, Unit};
use reports::raster::{Bitmap, DOTS_PER_MM};

use crate::Done;

/// What a thermal head burns, one bit a dot, at its own resolution.
pub(crate) fn write_dots(file: &Path, bitmap: &Bitmap) -> Done {
    let per_metre = u32::try_from(DOTS_PER_MM * 1000)?;
    let size = PixelDimensions {
        xppu: per_metre,
        yppu: per_metre,
        unit: Unit::Meter,
    };
    // In a PNG the set bit is white.
    let bytes: Vec<u8> = bitmap.bytes.iter().map(|byte| !byte).collect();
    write(
        file,
        (bitmap.width, bitmap.height),
        BitDepth::One,
        &bytes,
        Some(size),
    )
}

/// A picture of one byte a dot, reduced to sixteen greys; the width is even.
pub(crate) fn write_sixteen(file: &Path, width: usize, shades: &[u8]) -> Done {
    let level = |shade: u8| (u16::from(shade) + 8) / 17;
    let bytes: Result<Vec<u8>, _> = shades
        .chunks(2)
        .map(|pair| u8::try_from(level(pair[0]) << 4 | level(pair[1])))
        .collect();
    let size = (width, shades.len() / width);
    write(file, size, BitDepth::Four, &bytes?, None)
}

fn write(
    file: &Path,
    (width, height): (usize, usize),
    depth: BitDepth,
    bytes: &[u8],
    size: Option<PixelDimensions>,
) -> Done {
    let to = BufWriter::new(File::create(file)?);
    let mut encoder = Encoder::new(to, u32::try_from(width)?, u32::try_from(height)?);
    encoder.set_color(ColorType::Grayscale);
    encoder.set_depth(depth);
    encoder.set_compression(Compression::High);
    encoder.set_pixel_dims(size);
    encoder.write_header()?.write_image_data(bytes)?;
    Ok(())
}
