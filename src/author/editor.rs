//! Makes the files that let an editor complete and check keys.

use std::collections::BTreeMap;

use serde_json::{Map, json};

use crate::author::json_schema;
use crate::model::kind::Kind;

/// Where the schemas for the editor go, in the manual. A folder whose name begins with a dot is not part of the manual.
const SCHEMAS: &str = ".vscode/iptbook";

/// The files with which Visual Studio Code completes and checks keys: its settings, and the schemas that they name.
pub(crate) fn files() -> BTreeMap<String, Vec<u8>> {
    let mut schemas = Map::new();
    let mut files = BTreeMap::new();
    let mut add = |name: &str, of: String| {
        let path = format!("{SCHEMAS}/{name}.json");
        schemas.insert(format!("./{path}"), json!(of));
        files.insert(path, format!("{:#}\n", json_schema::schema_named(name)).into_bytes());
    };
    add("manual", "manual.yaml".into());
    add("glossary", "glossary.yaml".into());
    for name in Kind::NAMES {
        let folder = Kind::from_name(name).map_or(*name, Kind::plural);
        add(name, format!("{folder}/*.md"));
    }
    let settings = json!({
        "yaml.schemas": schemas,
        "yaml.validate": true,
        "[markdown]": { "editor.wordWrap": "on" },
    });
    let recommended = json!({ "recommendations": ["redhat.vscode-yaml"] });
    files.insert(".vscode/settings.json".into(), format!("{settings:#}\n").into_bytes());
    files.insert(".vscode/extensions.json".into(), format!("{recommended:#}\n").into_bytes());
    files
}
