//! Reads what the checks need to know about files that are not texts: whether they can be read, what pictures say about
//! persons, and what drawings would do in a browser.

use std::fs;
use std::path::Path;

use crate::files::attachments::Attachments;
use crate::model::svg;
use crate::par;

/// The largest picture in which Exif is looked for, in bytes: some sorts must be read completely for this.
const LARGEST_PICTURE: u64 = 64 * 1024 * 1024;

/// Checks the files at `paths` in the manual `root`.
pub(crate) fn look(root: &Path, paths: Vec<String>) -> Attachments {
    let pictures: Vec<&String> = paths.iter().filter(|path| is_picture(path)).collect();
    let metadata = par::map(&pictures, |path| exif_of(&root.join(path)));
    let metadata = pictures.into_iter().cloned().zip(metadata).filter(|(_, fields)| !fields.is_empty()).collect();
    let read = par::map(&paths, |path| fs::File::open(root.join(path)).err().map(|error| error.to_string()));
    let unreadable = paths.iter().cloned().zip(read).filter_map(|(path, why)| Some((path, why?))).collect();
    let drawings: Vec<&String> = paths.iter().filter(|path| path.to_ascii_lowercase().ends_with(".svg")).collect();
    let texts = par::map(&drawings, |path| fs::read(root.join(path)).unwrap_or_default());
    // Other encodings could hide anything.
    let acts = texts.iter().map(|bytes| match std::str::from_utf8(bytes) {
        Ok(svg) => svg::act(svg),
        Err(_) => Some("characters that are not UTF-8".into()),
    });
    let active = drawings.into_iter().cloned().zip(acts).filter_map(|(path, act)| Some((path, act?))).collect();
    Attachments::new(paths).with_metadata(metadata).unreadable(unreadable).active(active)
}

/// Whether a file may contain Exif.
fn is_picture(path: &str) -> bool {
    let ending = path.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).unwrap_or_default();
    ["jpg", "jpeg", "png", "webp", "tif", "tiff", "heic", "heif", "avif"].contains(&ending.as_str())
}

/// The fields of a picture's Exif that may say something about a person, by their names. One without, or that cannot be
/// read, says nothing.
fn exif_of(place: &Path) -> Vec<(String, String)> {
    use exif::{Context, Tag, Value};
    // Of Windows, which the crate has no names for: UTF-16 as bytes.
    const OF_WINDOWS: [(u16, &str); 5] = [
        (0x9c9b, "XPTitle"),
        (0x9c9c, "XPComment"),
        (0x9c9d, "XPAuthor"),
        (0x9c9e, "XPKeywords"),
        (0x9c9f, "XPSubject"),
    ];
    const ALONE: [Tag; 6] = [
        Tag::GPSLatitude,
        Tag::Artist,
        Tag::CameraOwnerName,
        Tag::BodySerialNumber,
        Tag::ImageDescription,
        Tag::UserComment,
    ];
    let Ok(file) = fs::File::open(place) else { return Vec::new() };
    if file.metadata().is_ok_and(|metadata| metadata.len() > LARGEST_PICTURE) {
        return Vec::new();
    }
    let Ok(exif) = exif::Reader::new().read_from_container(&mut std::io::BufReader::new(file)) else {
        return Vec::new();
    };
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).trim_matches(['\0', ' ']).to_owned();
    let mut fields: Vec<(String, String)> = exif
        .fields()
        .filter_map(|field| {
            let of_windows = OF_WINDOWS.iter().find(|(number, _)| field.tag == Tag(Context::Tiff, *number));
            let value = match &field.value {
                Value::Byte(bytes) if of_windows.is_some() => {
                    let units: Vec<u16> =
                        bytes.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect();
                    String::from_utf16_lossy(&units).trim_matches(['\0', ' ']).to_owned()
                }
                Value::Ascii(texts) => text(&texts.join(&b' ')),
                // Eight bytes say how the rest is written.
                Value::Undefined(bytes, _) => text(bytes.get(8..).unwrap_or_default()),
                value => value.display_as(field.tag).to_string(),
            };
            let name = match of_windows {
                Some((_, name)) => (*name).to_owned(),
                None => ALONE.contains(&field.tag).then(|| field.tag.to_string())?,
            };
            (!value.is_empty()).then_some((name, value))
        })
        .collect();
    fields.sort();
    fields.dedup();
    fields
}
