//! Finds the line and column of a place in a text.

use std::collections::HashMap;

use crate::files::source::Sources;
use crate::span::FileId;

/// An offset in a text, or the next possible one before it.
pub(crate) fn boundary(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// Finds lines and columns. If places come in the order of their file, the file is searched only once.
#[derive(Debug)]
pub(crate) struct Positions<'a> {
    sources: &'a Sources,
    indexes: HashMap<FileId, LineIndex>,
}

impl<'a> Positions<'a> {
    /// For these texts.
    pub(crate) fn new(sources: &'a Sources) -> Self {
        Self { sources, indexes: HashMap::new() }
    }

    /// Line and column (both from 1, the column in characters) of a byte offset. An offset past the end,
    /// or inside a character, counts as the next possible place before it.
    pub(crate) fn of(&mut self, file: FileId, offset: u32) -> (usize, usize) {
        let text = self.sources.get(file).text.as_str();
        let index = self.indexes.entry(file).or_insert_with(|| {
            let ends = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
            LineIndex { lines: std::iter::once(0).chain(ends.map(|(at, _)| at + 1)).collect(), last: (0, 1) }
        });
        let offset = boundary(text, offset as usize);
        let line = index.lines.partition_point(|begin| *begin <= offset);
        let begin = index.lines[line - 1];
        let (from, column) = Some(index.last).filter(|(last, _)| (begin..=offset).contains(last)).unwrap_or((begin, 1));
        index.last = (offset, column + text[from..offset].chars().count());
        (line, index.last.1)
    }
}

/// The lines of a file.
#[derive(Debug)]
struct LineIndex {
    /// Where its lines begin.
    lines: Vec<usize>,
    /// The last offset that was asked for, and its column.
    last: (usize, usize),
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::source::SourceFile;
    use std::sync::Arc;

    #[test]
    fn positions_count_characters_and_survive_any_offset() {
        let file = SourceFile { path: "a".into(), shown: "a".into(), text: Arc::new("é\r\nbß c\n".into()) };
        let sources = Sources::new(vec![file]);
        let at = |offset| Positions::new(&sources).of(FileId(0), offset);
        let places = [(0, (1, 1)), (1, (1, 1)), (2, (1, 2)), (4, (2, 1)), (7, (2, 3)), (9, (2, 5)), (10, (3, 1))];
        places.into_iter().for_each(|(offset, place)| assert_eq!(at(offset), place, "{offset}"));
        assert_eq!(at(10_000), (3, 1));
        let mut one = Positions::new(&sources);
        for (offset, place) in [places, places].concat().into_iter().step_by(3) {
            assert_eq!(one.of(FileId(0), offset), place, "{offset}, after others");
        }
    }
}
