//! Reads case files: `tests/suite/cases.rs` says what stands in them.

use std::fs;
use std::path::Path;

use crate::support::TestManual;

/// A fenced block.
#[derive(Debug, Clone)]
pub(crate) struct Block {
    pub(crate) info: String,
    pub(crate) text: String,
    /// The lines of `text` in the case file, counted from 0.
    pub(crate) lines: std::ops::Range<usize>,
}

/// One case.
#[derive(Debug)]
pub(crate) struct Case {
    pub(crate) name: String,
    pub(crate) blocks: Vec<Block>,
}

/// Does something with every case of every file in `tests/cases`: the file's name, the case, and its manual.
pub(crate) fn for_each(mut each: impl FnMut(&str, &Case, &TestManual)) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let names = fs::read_dir(&folder).expect("the folder is there").map(|entry| entry.expect("a file").file_name());
    let mut names: Vec<String> = names.map(|name| name.to_string_lossy().into_owned()).collect();
    names.sort();
    for name in &names {
        let (shared, cases) = read(&fs::read_to_string(folder.join(name)).expect("the cases are read"));
        for case in &cases {
            each(name, case, &case.manual(&shared));
        }
    }
}

/// The blocks before the first case, and the cases.
pub(crate) fn read(text: &str) -> (Vec<Block>, Vec<Case>) {
    let mut shared = Vec::new();
    let mut cases: Vec<Case> = Vec::new();
    let mut open: Option<(usize, Block)> = None;
    for (number, line) in text.lines().enumerate() {
        let ticks = line.bytes().take_while(|byte| *byte == b'`').count();
        match &mut open {
            Some((fence, block)) if ticks >= *fence && line.trim_end().len() == ticks => {
                block.lines.end = number;
                let (_, block) = open.take().expect("a block is open");
                cases.last_mut().map_or(&mut shared, |case| &mut case.blocks).push(block);
            }
            Some((_, block)) => {
                block.text.push_str(line);
                block.text.push('\n');
            }
            None if ticks >= 3 => {
                let info = line[ticks..].trim().to_owned();
                open = Some((ticks, Block { info, text: String::new(), lines: number + 1..number + 1 }));
            }
            None => {
                if let Some(name) = line.strip_prefix("## ") {
                    cases.push(Case { name: name.trim().to_owned(), blocks: Vec::new() });
                }
            }
        }
    }
    assert!(open.is_none(), "a fenced block is not closed");
    (shared, cases)
}

impl Case {
    /// Its block with these words after the fence.
    pub(crate) fn block(&self, info: &str) -> Option<&Block> {
        self.blocks.iter().find(|block| block.info == info)
    }

    /// Its manual: the files of `shared`, then its own.
    pub(crate) fn manual(&self, shared: &[Block]) -> TestManual {
        let manual = TestManual::new::<&str>(&[]);
        for block in shared.iter().chain(&self.blocks) {
            let Some((_, rest)) = block.info.split_once(' ') else { continue };
            let quoted = rest.strip_prefix('"').and_then(|rest| rest.split_once('"'));
            let (path, words) = quoted.or(rest.split_once(' ')).unwrap_or((rest, ""));
            let mut text = block.text.clone();
            for word in words.split_whitespace() {
                match word {
                    "crlf" => text = text.replace('\n', "\r\n"),
                    "bom" => text.insert(0, '\u{FEFF}'),
                    other => panic!("{}: `{other}` means nothing after a path", self.name),
                }
            }
            manual.write(path, text);
        }
        manual
    }

    /// Further arguments of `check`.
    pub(crate) fn arguments(&self) -> Vec<&str> {
        self.block("args").map(|block| block.text.split_whitespace().collect()).unwrap_or_default()
    }
}
