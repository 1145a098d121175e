//! Collects articles, and says which part each belongs to.

use std::collections::{BTreeMap, HashMap};

use crate::clusters::Clusters;
use crate::parts::{Part, Shares, SplitError};
use crate::signature::{Signature, hash, mix};

/// What decides the part of a cluster.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum By {
    /// Chance, told by ids.
    Id,
    /// Where an article is from: all of a source are in one part, as far as near-duplicates let them.
    Source,
    /// When it was published.
    Date {
        /// The first date that is not to train on; `None` to meet the shares.
        dev: Option<String>,
        /// The first date to test on; `None` to meet the shares.
        test: Option<String>,
    },
}

/// Collects articles.
#[derive(Debug)]
pub struct Splitter {
    by: By,
    shares: Shares,
    ids: Vec<u64>,
    signatures: Vec<Option<Signature>>,
    /// By source the hash of its name, by date its number in `dates`.
    groups: Vec<Option<u64>>,
    /// The dates, each with a number.
    dates: HashMap<String, u64>,
    kept: HashMap<u64, Part>,
}

/// Which part each article belongs to, in the order in which they were added.
#[derive(Debug)]
pub struct Split {
    /// The parts.
    pub parts: Vec<Part>,
    /// The number of clusters, those of one article included.
    pub clusters: usize,
    /// The number of articles that have near-duplicates.
    pub duplicates: usize,
    /// The number of articles without a date, where dates decide.
    pub without_date: usize,
    /// The first dates to tune and to test on, where dates decide.
    pub cuts: Option<[String; 2]>,
}

impl Splitter {
    /// No articles as yet.
    ///
    /// # Errors
    /// [`SplitError::Cuts`] if the cuts of dates are out of order.
    pub fn new(by: By, shares: Shares) -> Result<Self, SplitError> {
        if let By::Date { dev: Some(dev), test: Some(test) } = &by
            && test < dev
        {
            return Err(SplitError::Cuts { dev: dev.clone(), test: test.clone() });
        }
        let (ids, signatures, groups) = (Vec::new(), Vec::new(), Vec::new());
        Ok(Self { by, shares, ids, signatures, groups, dates: HashMap::new(), kept: HashMap::new() })
    }

    /// Keeps an article in the part where it is.
    pub fn keep(&mut self, id: &str, part: Part) {
        self.kept.insert(hash(id), part);
    }

    /// Adds an article; `group` is its source, or its date as `2020-03-08`, if that decides.
    pub fn add(&mut self, id: &str, text: &str, group: Option<&str>) {
        self.ids.push(hash(id));
        self.signatures.push(Signature::new(text));
        self.groups.push(match self.by {
            By::Id => None,
            By::Source => Some(hash(group.unwrap_or_default())),
            By::Date { .. } => group.map(|date| {
                let next = self.dates.len() as u64;
                *self.dates.entry(date.to_owned()).or_insert(next)
            }),
        });
    }

    /// The parts of all articles.
    pub fn finish(mut self) -> Split {
        let mut clusters = Clusters::new(&self.signatures);
        self.signatures = Vec::new();
        let mut members: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for index in 0..self.ids.len() {
            members.entry(clusters.of(index)).or_default().push(index);
        }
        let dates = self.in_order();
        let cuts = matches!(self.by, By::Date { .. }).then(|| self.cuts(&members, &dates));
        let mut parts = vec![Part::LeftOut; self.ids.len()];
        for cluster in members.values() {
            let part = match &cuts {
                Some(cuts) => self.part_by_date(cluster, &dates, cuts),
                None => self.part_by_hash(cluster),
            };
            self.assign(cluster, part, &mut parts);
        }
        let duplicates = members.values().filter(|cluster| cluster.len() > 1).map(Vec::len).sum();
        let without_date = if cuts.is_some() { self.groups.iter().filter(|group| group.is_none()).count() } else { 0 };
        Split { parts, clusters: members.len(), duplicates, without_date, cuts }
    }

    /// The dates in their order, by their numbers.
    fn in_order(&self) -> Vec<String> {
        let mut dates: Vec<(&String, u64)> = self.dates.iter().map(|(date, &number)| (date, number)).collect();
        dates.sort_unstable_by_key(|&(_, number)| number);
        dates.into_iter().map(|(date, _)| date.clone()).collect()
    }

    /// The part of the article whose id has the least hash, or of its source.
    fn part_by_hash(&self, cluster: &[usize]) -> Part {
        let least = cluster.iter().copied().min_by_key(|&index| (self.ids[index], index)).unwrap_or_default();
        // The least of many is small: mixed, it tells nothing of how many they were.
        self.shares.part(if self.by == By::Source {
            self.groups[least].unwrap_or_default()
        } else {
            mix(self.ids[least])
        })
    }

    fn part_by_date(&self, cluster: &[usize], dates: &[String], [dev, test]: &[String; 2]) -> Part {
        match self.earliest(cluster, dates) {
            Some(date) if date >= test.as_str() => Part::Test,
            Some(date) if date >= dev.as_str() => Part::Dev,
            _ => Part::Train,
        }
    }

    fn earliest<'d>(&self, cluster: &[usize], dates: &'d [String]) -> Option<&'d str> {
        cluster.iter().filter_map(|&index| self.groups[index]).map(|date| dates[date as usize].as_str()).min()
    }

    /// The dates that begin the parts to tune and to test on.
    fn cuts(&self, members: &BTreeMap<usize, Vec<usize>>, dates: &[String]) -> [String; 2] {
        let mut sorted: Vec<(&str, usize)> =
            members.values().filter_map(|cluster| Some((self.earliest(cluster, dates)?, cluster.len()))).collect();
        sorted.sort_unstable();
        let all = self.ids.len();
        let mut seen = all - sorted.iter().map(|(_, articles)| articles).sum::<usize>();
        let (mut dev, mut test) = (None, None);
        for day in sorted.chunk_by(|left, right| left.0 == right.0) {
            // A share that is just met is met, however it is rounded.
            let part = self.shares.part_at(seen as f64 / all.max(1) as f64 + 1e-9);
            let date = day[0].0.to_owned();
            if part >= Part::Dev && dev.is_none() {
                dev = Some(date.clone());
            }
            if part >= Part::Test && test.is_none() {
                test = Some(date);
            }
            seen += day.iter().map(|(_, articles)| articles).sum::<usize>();
        }
        let (given_dev, given_test) = match &self.by {
            By::Date { dev, test } => (dev.clone(), test.clone()),
            _ => (None, None),
        };
        // Behind every date: nothing is left for the part.
        let never = || "9999-99-99".to_owned();
        let test = given_test.or(test).unwrap_or_else(never);
        let dev = given_dev.or(dev).unwrap_or_else(never);
        [dev.min(test.clone()), test]
    }

    /// Gives the articles of a cluster their part: those that are kept where they were, the others with them.
    fn assign(&self, cluster: &[usize], part: Part, parts: &mut [Part]) {
        let kept = |index: &usize| self.kept.get(&self.ids[*index]).copied();
        let mut sides: Vec<Part> = cluster.iter().filter_map(kept).filter(|&part| part != Part::LeftOut).collect();
        sides.sort_unstable();
        sides.dedup();
        let part = match sides[..] {
            [] => part,
            [side] => side,
            _ => Part::LeftOut,
        };
        for &index in cluster {
            let own = self.groups[index].filter(|_| self.by == By::Source).map(|source| self.shares.part(source));
            let divided = own.is_some_and(|own| own != part);
            parts[index] = kept(&index).unwrap_or(if divided { Part::LeftOut } else { part });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(range: std::ops::Range<usize>) -> String {
        range.map(|word| format!("w{word}")).collect::<Vec<_>>().join(" ")
    }

    fn shares() -> Shares {
        Shares::new(0.8, 0.1, 0.1).unwrap()
    }

    /// Articles of 60 words; every tenth is a copy of the one before with a few words changed.
    fn archive(count: usize) -> Vec<(String, String)> {
        let text = |index: usize| {
            if index % 10 == 9 {
                words((index - 1) * 1000..(index - 1) * 1000 + 55)
            } else {
                words(index * 1000..index * 1000 + 60)
            }
        };
        (0..count).map(|index| (format!("id-{index}"), text(index))).collect()
    }

    fn split(archive: &[(String, String)], kept: &[(String, Part)]) -> Vec<Part> {
        let mut splitter = Splitter::new(By::Id, shares()).unwrap();
        for (id, part) in kept {
            splitter.keep(id, *part);
        }
        for (id, text) in archive {
            splitter.add(id, text, None);
        }
        splitter.finish().parts
    }

    #[test]
    fn meets_the_shares_and_never_divides_near_duplicates() {
        let archive = archive(2000);
        let parts = split(&archive, &[]);
        let count = |part| parts.iter().filter(|&&other| other == part).count();
        assert!((1540..1660).contains(&count(Part::Train)), "{}", count(Part::Train));
        assert!((140..260).contains(&count(Part::Dev)), "{}", count(Part::Dev));
        assert!((9..2000).step_by(10).all(|copy| parts[copy] == parts[copy - 1]));
    }

    #[test]
    fn what_has_no_near_duplicate_stays_when_articles_are_added_in_any_order() {
        let all = archive(1000);
        let (some, mut more) = (&all[..500], all.clone());
        more.reverse();
        let (before, after) = (split(some, &[]), split(&more, &[]));
        assert!((0..500).all(|index| before[index] == after[999 - index]));
    }

    #[test]
    fn kept_parts_hold_and_what_would_join_two_sides_is_left_out() {
        let archive: Vec<_> = [words(0..400), words(200..600), words(100..500), words(9000..9100)]
            .into_iter()
            .enumerate()
            .map(|(index, text)| (format!("id-{index}"), text))
            .collect();
        let kept = [("id-0".to_owned(), Part::Train), ("id-1".to_owned(), Part::Test)];
        let parts = split(&archive, &kept);
        assert_eq!(parts[..3], [Part::Train, Part::Test, Part::LeftOut]);
        let parts = split(&archive[1..], &kept);
        assert_eq!(parts[..2], [Part::Test, Part::Test], "a new article follows its near-duplicate");
    }

    #[test]
    fn a_source_is_on_one_side_and_so_are_near_duplicates() {
        let mut splitter = Splitter::new(By::Source, shares()).unwrap();
        let sources: Vec<_> = (0..400).map(|index| format!("source-{}", index % 40)).collect();
        for (index, source) in sources.iter().enumerate() {
            let start = if index % 7 == 6 { (index - 1) * 1000 } else { index * 1000 };
            splitter.add(&format!("id-{index}"), &words(start..start + 60), Some(source));
        }
        let parts = splitter.finish().parts;
        let mut sides: HashMap<&str, Part> = HashMap::new();
        for (source, &part) in sources.iter().zip(&parts).filter(|(_, part)| **part != Part::LeftOut) {
            assert_eq!(*sides.entry(source).or_insert(part), part, "{source} is on two sides");
        }
        for copy in (6..400).step_by(7) {
            let [left, right] = [parts[copy - 1], parts[copy]];
            assert!(left == right || left == Part::LeftOut || right == Part::LeftOut);
        }
        assert!(parts.contains(&Part::LeftOut) && parts.contains(&Part::Test));
    }

    #[test]
    fn dates_are_cut_where_the_shares_are_met_and_copies_go_with_the_earliest() {
        let by = |dev: Option<&str>, test: Option<&str>| By::Date {
            dev: dev.map(str::to_owned),
            test: test.map(str::to_owned),
        };
        let add = |splitter: &mut Splitter| {
            for day in 0..20 {
                splitter.add(
                    &format!("id-{day}"),
                    &words(day * 1000..day * 1000 + 60),
                    Some(&format!("2020-03-{:02}", day + 1)),
                );
            }
            splitter.add("copy", &words(0..60), Some("2020-03-20"));
        };
        let mut splitter = Splitter::new(by(None, None), shares()).unwrap();
        add(&mut splitter);
        let split = splitter.finish();
        assert_eq!(split.cuts, Some(["2020-03-17".to_owned(), "2020-03-19".to_owned()]));
        assert_eq!((split.parts[15], split.parts[16], split.parts[18]), (Part::Train, Part::Dev, Part::Test));
        assert_eq!((split.parts[20], split.duplicates, split.clusters), (Part::Train, 2, 20));
        let mut splitter = Splitter::new(by(Some("2020-03-05"), Some("2020-03-10")), shares()).unwrap();
        add(&mut splitter);
        splitter.add("undated", "Rien.", None);
        let split = splitter.finish();
        assert_eq!((split.parts[3], split.parts[4], split.parts[9]), (Part::Train, Part::Dev, Part::Test));
        assert_eq!((split.parts[21], split.without_date), (Part::Train, 1));
        assert!(Splitter::new(by(Some("2020-03-05"), Some("2020-03-01")), shares()).is_err());
    }

    #[test]
    fn refuses_shares_that_are_not_a_whole() {
        assert!(Shares::new(0.8, 0.1, 0.2).is_err() && Shares::new(1.2, -0.1, -0.1).is_err());
        assert!(Shares::new(f64::NAN, 0.5, 0.5).is_err());
        let all = Shares::new(1.0, 0.0, 0.0).unwrap();
        assert_eq!((all.part(0), Shares::new(0.0, 1.0, 0.0).unwrap().part(7)), (Part::Train, Part::Dev));
    }
}
