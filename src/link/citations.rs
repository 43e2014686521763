//! Turns the citations of chapters into the works that they name.

use std::collections::HashMap;

use crate::citation::Cluster;
use crate::link::manual::Manual;
use crate::link::place::ix;
use crate::model::chapter::Chapter;

impl Manual {
    pub(crate) fn gather_citations(&mut self) {
        let mut seen: HashMap<Cluster, ()> = HashMap::new();
        for (at, chapter) in self.chapters.iter().enumerate() {
            for cluster in chapter_clusters(chapter) {
                for work in &cluster {
                    let pages = self.cited_in.entry(work.key.clone()).or_default();
                    if pages.last() != Some(&ix(at)) {
                        pages.push(ix(at));
                    }
                }
                if seen.insert(cluster.clone(), ()).is_none() {
                    self.clusters.push(cluster);
                }
            }
        }
        for term in &self.lexicon.terms {
            for cluster in term.definition.body.citations.iter().map(cluster) {
                if seen.insert(cluster.clone(), ()).is_none() {
                    self.clusters.push(cluster);
                }
            }
        }
    }
}

/// The citations of a chapter, each as the works that it names: those of its texts, then the sources of its findings
/// and scales, each on its own.
pub(crate) fn chapter_clusters(chapter: &Chapter) -> Vec<Cluster> {
    let mut clusters: Vec<Cluster> = Vec::new();
    for body in chapter.bodies() {
        clusters.extend(body.citations.iter().map(cluster));
    }
    let mut keys = Vec::new();
    chapter.front.keys_within(&mut keys);
    clusters.extend(keys.into_iter().map(|key| source_cluster(&key.value)));
    clusters
}

/// A citation as the works that it names.
pub(crate) fn cluster(citation: &crate::model::body::Citation) -> Cluster {
    let work = |cited: &crate::model::body::CitedKey| crate::citation::CitedWork {
        key: cited.key.value.clone(),
        before: cited.before.clone(),
        locator: cited.locator.clone(),
        in_text: cited.in_text,
        without_author: cited.without_author,
    };
    citation.works.iter().map(work).collect()
}

/// The citation of one work as a whole.
pub(crate) fn source_cluster(key: &str) -> Cluster {
    vec![crate::citation::CitedWork { key: key.to_owned(), ..crate::citation::CitedWork::default() }]
}
