//! Turns the manual into data: `data/manual.json` and the tables as CSV.
//!
//! # Who may use whom
//!
//! ```text
//! data -> { evidence, manual_json, session }
//! manual_json -> session
//! session -> csv
//! evidence -> csv
//! ```

pub(crate) mod csv;
pub(crate) mod evidence;
pub(crate) mod manual_json;
pub(crate) mod session;

use crate::link::course::SessionTable;
use crate::link::place::ChapterIx;
use crate::render::address::paths::{EVIDENCE_CSV, session_csv};
use crate::render::data::evidence::evidence_csv;
use crate::render::data::manual_json::{manual, session_tables};
use crate::render::text::context::RenderContext;

/// A data file to be made.
#[derive(Debug, Clone, Copy)]
pub(crate) enum DataFile {
    /// Everything.
    Manual,
    /// The findings.
    Evidence,
    /// The session summary of a protocol or setting.
    SessionSummary(ChapterIx),
}

/// The data files of a manual.
pub(crate) fn files(context: &RenderContext<'_>) -> Vec<DataFile> {
    let tables = session_tables(context);
    let summaries =
        tables.iter().filter(|table| !table.rows.is_empty()).map(|table| DataFile::SessionSummary(table.of));
    [DataFile::Manual, DataFile::Evidence].into_iter().chain(summaries).collect()
}

impl DataFile {
    /// Its path in the site.
    pub(crate) fn path(self, context: &RenderContext<'_>) -> String {
        match self {
            Self::Manual => "data/manual.json".into(),
            Self::Evidence => EVIDENCE_CSV.into(),
            Self::SessionSummary(of) => session_csv(context.manual, of),
        }
    }

    /// Its bytes.
    pub(crate) fn content(self, context: &RenderContext<'_>) -> Vec<u8> {
        match self {
            Self::Manual => {
                // Room for all of it, since growing takes three times as much; what is not used costs nothing.
                let mut bytes = Vec::with_capacity(4096 * (context.manual.chapters.len() + 16));
                serde_json::to_writer_pretty(&mut bytes, &manual(context)).expect("texts are plain JSON");
                bytes.push(b'\n');
                bytes
            }
            Self::Evidence => evidence_csv(context),
            Self::SessionSummary(of) => {
                let table = SessionTable::new(context.manual, of).expect("only protocols and settings are asked for");
                session::csv(context, &table)
            }
        }
    }
}
