//! What any of several questions to the archive finds, in one list: each walks its own index, no further than the page needs.

use std::collections::{HashSet, VecDeque};
use std::sync::Arc;

use chrono::{DateTime, Utc};
use domain::KkmId;

use crate::archive::ReportLine;
use crate::{ReportFilter, Store, StoreError};

/// Registers by server and id.
pub type Registers = HashSet<(String, KkmId)>;

/// One of several questions to the archive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportSearch {
    /// Which reports; its `limit` does not matter.
    pub filter: ReportFilter,
    /// Of these registers only.
    pub registers: Option<Arc<Registers>>,
}

/// So many reports of one question are read at once at most.
const CHUNK: u32 = 500;

/// A question under way.
struct Walk<'a> {
    search: &'a ReportSearch,
    filter: ReportFilter,
    read: VecDeque<ReportLine>,
    ended: bool,
}

impl Walk<'_> {
    /// The place of the next report, which is read where need be.
    fn place(&mut self, store: &Store) -> Result<Option<(DateTime<Utc>, i64)>, StoreError> {
        while self.read.is_empty() && !self.ended {
            let lines = store.reports(&self.filter)?;
            self.ended = lines.len() < usize::try_from(self.filter.limit).unwrap_or(usize::MAX);
            if let Some(last) = lines.last() {
                self.filter.before = Some((last.taken, last.number));
            }
            let registers = self.search.registers.as_deref();
            let wanted = |line: &ReportLine| {
                registers.is_none_or(|all| all.contains(&(line.server.clone(), line.kkm)))
            };
            self.read.extend(lines.into_iter().filter(wanted));
            self.filter.limit = (self.filter.limit * 2).min(CHUNK);
        }
        Ok(self.read.front().map(|line| (line.taken, line.number)))
    }
}

impl Store {
    /// The newest reports of what any of these finds, each once, `limit` at most.
    ///
    /// # Errors
    /// [`StoreError::Database`], [`StoreError::Damaged`].
    pub fn reports_of_any(
        &self,
        searches: &[ReportSearch],
        limit: u32,
    ) -> Result<Vec<ReportLine>, StoreError> {
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        // Of many registers each has a small share of the page.
        let share = limit.saturating_mul(2) / searches.len().max(1);
        let share = u32::try_from(share).map_or(CHUNK, |share| share.clamp(2, CHUNK));
        let mut places = std::collections::BinaryHeap::new();
        let mut walks = Vec::new();
        for (at, search) in searches.iter().enumerate() {
            let mut walk = Walk {
                search,
                filter: ReportFilter {
                    limit: share,
                    ..search.filter.clone()
                },
                read: VecDeque::new(),
                ended: false,
            };
            if let Some(place) = walk.place(self)? {
                places.push((place, at));
            }
            walks.push(walk);
        }
        let mut found: Vec<ReportLine> = Vec::new();
        while found.len() < limit {
            let Some((_, at)) = places.pop() else { break };
            let Some(walk) = walks.get_mut(at) else { break };
            let line = walk.read.pop_front();
            if let Some(place) = walk.place(self)? {
                places.push((place, at));
            }
            // What two questions find comes twice, one after the other.
            let known = found.last().map(|line| line.number);
            found.extend(line.filter(|line| Some(line.number) != known));
        }
        Ok(found)
    }
}
