//! Bytes that may be compressed into bytes that are not.
//!
//! What they begin with tells, as no JSON text begins so; a name that ends in `.gz` or `.zst` only
//! says what is wanted.

use std::io::{self, BufRead, BufReader, Read};

use flate2::bufread::MultiGzDecoder;
use ruzstd::decoding::errors::{FrameDecoderError, ReadFrameHeaderError};
use ruzstd::decoding::{BlockDecodingStrategy, FrameDecoder};

/// How many compressed bytes are read at once.
const BUFFER: usize = 1 << 16;

const GZIP: &[u8] = b"\x1f\x8b";
const ZSTD: &[u8] = b"\x28\xb5\x2f\xfd";

/// A last block without content, and some checksum. The decoder keeps a window of content back until
/// a frame's end; of a frame that is cut off, this brings it out.
const FRAME_END: &[u8] = &[1, 0, 0, 0, 0, 0, 0];

/// A name without the ending that says how a file is compressed, and what that ending promises.
pub(crate) fn stem(name: &str) -> (&str, Option<&'static str>) {
    for (ending, kind) in [(".gz", "gzip"), (".zst", "zstd")] {
        if let Some(stem) = name.strip_suffix(ending) {
            return (stem, Some(kind));
        }
    }
    (name, None)
}

/// Whether a name says that a file is compressed.
pub(crate) fn is_compressed(name: &str) -> bool {
    stem(name).1.is_some()
}

/// What `reader` gives, decompressed if it is compressed. `promised` is what its name says.
pub(crate) fn decompressed(
    mut reader: impl Read + Send + 'static,
    promised: Option<&'static str>,
) -> io::Result<Box<dyn Read + Send>> {
    let mut start = Vec::new();
    reader.by_ref().take(ZSTD.len() as u64).read_to_end(&mut start)?;
    let is_gzip = start.starts_with(GZIP);
    let is_zstd = start.starts_with(ZSTD);
    let whole = io::Cursor::new(start).chain(reader);
    if is_gzip {
        let whole = BufReader::with_capacity(BUFFER, whole);
        return Ok(Box::new(MultiGzDecoder::new(whole)));
    }
    if is_zstd {
        return Ok(Box::new(Frames::new(BufReader::with_capacity(BUFFER, whole))));
    }
    match promised {
        Some(kind) => {
            Err(broken(&format!("expected {kind}, as its name says, found something else")))
        }
        None => Ok(Box::new(whole)),
    }
}

fn broken(message: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, message)
}

/// The content of zstd's frames, one after the other.
struct Frames<R> {
    source: R,
    decoder: FrameDecoder,
    in_frame: bool,
    /// Why the frame is not whole, to be told after its content.
    cause: Option<io::Error>,
}

impl<R: BufRead> Frames<R> {
    fn new(source: R) -> Self {
        Self { source, decoder: FrameDecoder::new(), in_frame: false, cause: None }
    }

    /// Goes to the next frame that has content, if there is one.
    fn next_frame(&mut self) -> io::Result<bool> {
        while !self.source.fill_buf()?.is_empty() {
            match self.decoder.init(&mut self.source) {
                Ok(()) => return Ok(true),
                Err(FrameDecoderError::ReadFrameHeaderError(ReadFrameHeaderError::SkipFrame {
                    length,
                    ..
                })) => {
                    let skipped = self.source.by_ref().take(length.into());
                    let skipped = io::copy(&mut { skipped }, &mut io::sink())?;
                    if skipped < length.into() {
                        return Err(io::ErrorKind::UnexpectedEof.into());
                    }
                }
                Err(error) => return Err(io::Error::other(error)),
            }
        }
        Ok(false)
    }

    fn end_frame(&self) -> io::Result<()> {
        let promised = self.decoder.get_checksum_from_data();
        if promised.is_some() && promised != self.decoder.get_calculated_checksum() {
            return Err(broken("a zstd frame does not have the checksum that it promises"));
        }
        Ok(())
    }
}

impl<R: BufRead> Read for Frames<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if buffer.is_empty() {
            return Ok(0);
        }
        loop {
            if !self.in_frame {
                self.in_frame = self.next_frame()?;
                if !self.in_frame {
                    return Ok(0);
                }
            }
            while self.decoder.can_collect() == 0 && !self.decoder.is_finished() {
                let a_block = BlockDecodingStrategy::UptoBlocks(1);
                if let Err(cause) = self.decoder.decode_blocks(&mut self.source, a_block) {
                    self.cause = Some(io::Error::other(cause));
                    let ended = self.decoder.decode_blocks(FRAME_END, BlockDecodingStrategy::All);
                    ended.map_err(io::Error::other)?;
                }
            }
            match self.decoder.read(buffer)? {
                0 => {
                    if let Some(cause) = self.cause.take() {
                        return Err(cause);
                    }
                    self.end_frame()?;
                    self.in_frame = false;
                }
                read => return Ok(read),
            }
        }
    }
}
