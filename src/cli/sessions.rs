//! Runs `iptbook sessions`: prints the session summary.

use crate::cli::args::{SessionsArgs, TableFormat};
use crate::cli::failure::Failure;
use crate::cli::output::{answer, answer_exactly};
use crate::cli::run::{Run, only_sound, run};
use crate::cli::table;
use crate::diag::nearest;
use crate::link::course::SessionTable;
use crate::link::place::ChapterIx;
use crate::model::column::SessionColumn;
use crate::model::kind::Kind;
use crate::render::data::session;
use crate::render::text::context::RenderContext;
use crate::render::view::table::session::USUAL_SESSION_COLUMNS;
use crate::words::Word;

/// Prints the session summary that is asked for.
pub(crate) fn print(args: &SessionsArgs) -> Result<(), Failure> {
    let run = run(&args.manual)?;
    only_sound(&args.manual, &run)?;
    let of = meant(args, &run)?;
    let formatted = run.checked.citations();
    let context = RenderContext::new(&run.checked.manual, &run.checked.words, &formatted);
    let Some(table) = SessionTable::new(context.manual, of) else {
        return Err(Failure::Usage("only protocols and settings have sessions".into()));
    };
    if let TableFormat::Csv = args.format {
        return answer_exactly(&session::csv(&context, &table));
    }
    answer(drawn(args, &context, &table).trim_end())
}

/// The protocol or setting that is meant.
fn meant(args: &SessionsArgs, run: &Run) -> Result<ChapterIx, Failure> {
    let manual = &run.checked.manual;
    let (kind, id) = match (&args.protocol, &args.setting) {
        (Some(id), _) => (Kind::Protocol, id),
        (_, Some(id)) => (Kind::Setting, id),
        _ => {
            return manual.default_protocol.ok_or_else(|| {
                Failure::Usage("the manual has no default protocol: name a protocol with --protocol".into())
            });
        }
    };
    let bare = id.strip_prefix(kind.name()).and_then(|rest| rest.strip_prefix('/')).unwrap_or(id);
    manual.find(kind, bare).ok_or_else(|| {
        let ids: Vec<&str> = manual.of_kind(kind).map(|(_, chapter)| chapter.id.value.as_str()).collect();
        let help = match nearest(bare, ids.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None if ids.is_empty() => "the manual has none".to_owned(),
            None => format!("the ids are {}", ids.join(", ")),
        };
        Failure::Usage(format!("no {} has the id `{bare}`: {help}", kind.words()))
    })
}

fn drawn(args: &SessionsArgs, context: &RenderContext<'_>, sessions: &SessionTable<'_>) -> String {
    match args.format {
        TableFormat::Json => serde_json::to_string_pretty(&session::json(context, sessions)).unwrap_or_default(),
        _ => {
            let title = context.words.fill(Word::SessionSummaryOf, &[&context.manual.chapter(sessions.of).title]);
            if sessions.rows.is_empty() {
                let why = crate::render::view::table::session::without_rows(context, sessions);
                return format!("{title}\n\n{why}");
            }
            let mut columns = args.columns.clone();
            if columns.is_empty() {
                columns = USUAL_SESSION_COLUMNS.to_vec();
            }
            if sessions.has_changes() {
                columns.push(SessionColumn::Change);
            }
            let head: Vec<String> =
                columns.iter().map(|column| context.words.field(column.name()).to_owned()).collect();
            let rows = session::rows(context, sessions, &columns);
            match args.format {
                TableFormat::Markdown => table::markdown(&title, &head, &rows),
                _ => table::text(&title, &head, &rows),
            }
        }
    }
}
