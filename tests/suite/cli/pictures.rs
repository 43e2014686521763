//! Tests what pictures say about persons besides what they show.

use super::sound;

/// The beginning of a JPEG with Exif (CIPA DC-008): a text for each tag, and a latitude if wanted.
fn picture(texts: &[(u16, &str)], somewhere: bool) -> Vec<u8> {
    let mut tiff = b"MM\0\x2a\0\0\0\x08".to_vec();
    let count = texts.len() + usize::from(somewhere);
    let mut behind = 8 + 2 + 12 * count + 4;
    let mut data = Vec::new();
    let short = |number: usize| u16::try_from(number).expect("a small number").to_be_bytes();
    let long = |number: usize| u32::try_from(number).expect("a small number").to_be_bytes();
    tiff.extend(short(count));
    for (tag, text) in texts {
        // At least five bytes, which stand behind the table.
        let text = format!("{text:<5}\0");
        tiff.extend([&tag.to_be_bytes()[..], &short(2), &long(text.len()), &long(behind)].concat());
        behind += text.len();
        data.extend(text.bytes());
    }
    if somewhere {
        tiff.extend([&short(0x8825)[..], &short(4), &long(1), &long(behind)].concat());
        data.extend([&short(1)[..], &short(2), &short(5), &long(3), &long(behind + 18), &long(0)].concat());
        for part in [51, 1, 30, 1, 0, 1] {
            data.extend(long(part));
        }
    }
    tiff.extend(long(0));
    tiff.extend(data);
    let exif = [b"Exif\0\0".as_slice(), &tiff].concat();
    [b"\xff\xd8\xff\xe1".as_slice(), &short(exif.len() + 2), &exif, b"\xff\xd9"].concat()
}

#[test]
fn pictures_that_say_more_than_they_show_are_reported() {
    let manual = sound();
    manual.write("assets/plain.jpg", picture(&[(0x010f, "A camera's maker")], false));
    manual.write("assets/described.jpg", picture(&[(0x010e, "call 020 7946 0000")], false));
    manual.write("assets/named.jpg", picture(&[(0x013b, "Anna Smith")], false));
    manual.write("assets/placed.jpg", picture(&[], true));
    manual.write("assets/broken.jpg", &picture(&[], true)[..20]);
    manual.write("unpublished.jpg", picture(&[], true));
    let reports = manual.reports(&[]);
    let messages: Vec<&str> = reports
        .iter()
        .filter(|report| report.code == "privacy/possible-identifier")
        .map(|report| report.message.as_str())
        .collect();
    assert_eq!(
        messages,
        [
            "the picture assets/described.jpg contains hidden information: a telephone number (ImageDescription)",
            "the picture assets/named.jpg contains hidden information: a name (Artist)",
            "the picture assets/placed.jpg contains hidden information: where it was taken (GPSLatitude)",
        ]
    );
    let excepted = "not-identifying:\n  - { text: assets/placed.jpg, reason: A public square. }\n";
    manual.write("manual.yaml", format!("{}{excepted}", manual.read("manual/manual.yaml")));
    assert!(manual.reports(&[]).iter().all(|report| !report.message.contains("placed.jpg")), "an exception holds");
}
