//! What is on the virtual display, as a picture: Xvfb keeps its frame buffer in a file in the X window dump format.

use std::fs;
use std::path::{Path, PathBuf};

use crate::failure::{Failure, Played};

/// The screen's width in pixels.
pub const WIDTH: u32 = 1180;
/// The screen's height in pixels.
pub const HEIGHT: u32 = 780;

/// The frame buffer's file.
#[derive(Debug, Clone)]
pub struct Screen(PathBuf);

impl Screen {
    pub(crate) fn in_folder(folder: &Path) -> Self {
        Self(folder.join("Xvfb_screen0"))
    }

    /// The bytes of what is on it, to be compared with those of another moment.
    pub fn bytes(&self) -> Played<Vec<u8>> {
        Ok(fs::read(&self.0)?)
    }

    /// The screen as it is now, as PNG.
    pub fn picture(&self) -> Played<Vec<u8>> {
        let dump = fs::read(&self.0)?;
        let odd = || Failure::Bench("the frame buffer is of no known form".into());
        let pixels = pixels(&dump).ok_or_else(odd)?;
        let mut bytes = Vec::new();
        let mut encoder = png::Encoder::new(&mut bytes, WIDTH, HEIGHT);
        encoder.set_color(png::ColorType::Rgb);
        let written = encoder
            .write_header()
            .and_then(|mut writer| writer.write_image_data(&pixels));
        written.map_err(|error| Failure::Bench(format!("a picture: {error}")))?;
        Ok(bytes)
    }
}

/// Red, green and blue of each pixel, line by line. The dump is a head of big-endian words, whose first is its length and
/// whose 20th counts the 12-byte colours that follow it; then 4 bytes a pixel, blue first.
fn pixels(dump: &[u8]) -> Option<Vec<u8>> {
    let word = |place: usize| -> Option<usize> {
        let bytes = dump.get(place * 4..)?.first_chunk::<4>()?;
        usize::try_from(u32::from_be_bytes(*bytes)).ok()
    };
    let (width, height) = (word(4)?, word(5)?);
    let known = word(11)? == 32
        && width == usize::try_from(WIDTH).ok()?
        && height == usize::try_from(HEIGHT).ok()?;
    let (line, start) = (word(12)?, word(0)? + word(19)? * 12);
    let mut pixels = Vec::with_capacity(width * height * 3);
    for row in 0..height {
        let row = dump.get(start + row * line..)?.get(..width * 4)?;
        for pixel in row.chunks_exact(4) {
            let [blue, green, red, _] = *pixel.first_chunk::<4>()?;
            pixels.extend([red, green, blue]);
        }
    }
    known.then_some(pixels)
}
