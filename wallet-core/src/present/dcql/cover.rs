//! Which options of the credential sets to take (OpenID4VP 1.0 section 6.4.2).
//!
//! Taking one option a set so that the whole discloses least is a covering problem, exponential when sets share
//! credential queries. Sets that share none are decided one by one, exactly. A group of sets that do share is searched
//! for at most [`SEARCH_STEPS`] steps, cheapest option first; a step looks at the options of one set. Requests of real
//! verifiers are searched to the end; an absurd one gets the best that was found so far.

use super::query::QueryMask;

/// Steps of the search for each group of sets that share credential queries.
pub(super) const SEARCH_STEPS: usize = 4_096;

/// A credential set with the options that can be taken.
pub(super) struct SetOptions {
    pub(super) required: bool,
    pub(super) options: Vec<QueryMask>,
}

/// The credential queries of the cheapest selection that takes one option of each required set, at most one of each
/// other, and has all of `forced` in it. Of equally cheap ones, that whose options stand first.
///
/// `None` when there is none, or none was found within the bound. Without `forced` one is always found.
pub(super) fn cheapest(sets: &[SetOptions], costs: &[usize], forced: QueryMask) -> Option<QueryMask> {
    let sets: Vec<SetOptions> = sets.iter().map(|set| usable(set, forced)).collect();
    let mut chosen = 0;
    for group in groups(&sets) {
        chosen |= Search::new(group, costs, forced).run()?;
    }
    (forced & !chosen == 0).then_some(chosen)
}

/// A set that need not be answered is answered only for the sake of what is forced; "not at all" comes first.
fn usable(set: &SetOptions, forced: QueryMask) -> SetOptions {
    let mut options = set.options.clone();
    if !set.required {
        options.retain(|option| option & forced != 0);
        options.insert(0, 0);
    }
    SetOptions { required: set.required, options }
}

/// Splits the sets into groups that share no credential query.
fn groups(sets: &[SetOptions]) -> Vec<Vec<&SetOptions>> {
    let mut groups: Vec<(QueryMask, Vec<&SetOptions>)> = Vec::new();
    for set in sets {
        let queries = reach(set);
        let (touching, mut apart): (Vec<_>, Vec<_>) =
            groups.into_iter().partition(|(mask, _)| mask & queries != 0);
        let mut merged = (queries, Vec::new());
        for (mask, members) in touching {
            merged.0 |= mask;
            merged.1.extend(members);
        }
        merged.1.push(set);
        apart.push(merged);
        groups = apart;
    }
    groups.into_iter().map(|(_, members)| members).collect()
}

/// All credential queries that a set can bring.
fn reach(set: &SetOptions) -> QueryMask {
    set.options.iter().fold(0, |all, option| all | option)
}

/// A depth-first search over one group.
struct Search<'a> {
    group: Vec<&'a SetOptions>,
    costs: &'a [usize],
    /// What this group must bring.
    forced: QueryMask,
    /// What the sets from each position on can bring.
    reach: Vec<QueryMask>,
    steps: usize,
    /// The option taken of each set so far.
    path: Vec<usize>,
    best: Option<Best>,
}

struct Best {
    cost: usize,
    path: Vec<usize>,
    chosen: QueryMask,
}

impl<'a> Search<'a> {
    fn new(group: Vec<&'a SetOptions>, costs: &'a [usize], forced: QueryMask) -> Self {
        let mut below = 0;
        let mut reach: Vec<_> = group
            .iter()
            .rev()
            .map(|set| {
                below |= reach(set);
                below
            })
            .collect();
        reach.reverse();
        Self { group, costs, forced: forced & below, reach, steps: 0, path: Vec::new(), best: None }
    }

    fn run(mut self) -> Option<QueryMask> {
        self.descend(0, 0);
        self.best.map(|best| best.chosen)
    }

    fn descend(&mut self, chosen: QueryMask, cost: usize) {
        self.steps += 1;
        let depth = self.path.len();
        let beaten = |best: &Best| (best.cost, best.path.get(..depth)) < (cost, Some(self.path.as_slice()));
        if self.steps > SEARCH_STEPS || self.best.as_ref().is_some_and(beaten) {
            return;
        }
        let Some(set) = self.group.get(depth).copied() else {
            if self.forced & !chosen == 0 {
                self.best = Some(Best { cost, path: self.path.clone(), chosen });
            }
            return;
        };
        if self.forced & !(chosen | self.reach.get(depth).copied().unwrap_or(0)) != 0 {
            return;
        }
        let added = |option: QueryMask| self.cost_of(option & !chosen);
        let mut order: Vec<_> = set
            .options
            .iter()
            .enumerate()
            .map(|(position, option)| (added(*option), position, *option))
            .collect();
        order.sort_unstable();
        for (added, position, option) in order {
            self.path.push(position);
            self.descend(chosen | option, cost.saturating_add(added));
            self.path.pop();
        }
    }

    fn cost_of(&self, queries: QueryMask) -> usize {
        let costs = self.costs.iter().enumerate().filter(|(position, _)| queries >> position & 1 == 1);
        costs.fold(0, |sum: usize, (_, cost)| sum.saturating_add(*cost))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn required(options: &[QueryMask]) -> SetOptions {
        SetOptions { required: true, options: options.to_vec() }
    }

    fn optional(options: &[QueryMask]) -> SetOptions {
        SetOptions { required: false, options: options.to_vec() }
    }

    #[test]
    fn what_is_shared_costs_once() {
        // Alone the first set would take query 0 (3 < 4), together both take query 1.
        let sets = [required(&[0b001, 0b010]), required(&[0b010, 0b100])];
        assert_eq!(cheapest(&sets, &[3, 4, 5], 0), Some(0b010));
        assert_eq!(cheapest(&sets, &[3, 4, 5], 0b001), Some(0b011));
        assert_eq!(cheapest(&sets, &[3, 4, 5], 0b101), Some(0b101));
        assert_eq!(cheapest(&sets, &[3, 4, 5], 0b111), None);
    }

    #[test]
    fn an_optional_set_is_taken_only_when_forced() {
        let sets = [required(&[0b001]), optional(&[0b010, 0b100])];
        assert_eq!(cheapest(&sets, &[0, 0, 0], 0), Some(0b001));
        assert_eq!(cheapest(&sets, &[0, 0, 0], 0b100), Some(0b101));
        assert_eq!(cheapest(&sets, &[0, 0, 0], 0b110), None);
        // What is forced is there already, so the optional set has nothing to add.
        assert_eq!(cheapest(&[required(&[0b01]), optional(&[0b11])], &[1, 0], 0b01), Some(0b01));
    }

    #[test]
    fn equal_cost_follows_the_verifiers_order() {
        assert_eq!(cheapest(&[required(&[0b01, 0b10])], &[2, 2], 0), Some(0b01));
        assert_eq!(cheapest(&[required(&[0b10, 0b01])], &[2, 2], 0), Some(0b10));
        // Query 0 for both sets, or 1 and 2: the same cost, though the search comes upon the second first.
        assert_eq!(
            cheapest(&[required(&[0b001, 0b010]), required(&[0b001, 0b100])], &[2, 1, 1], 0),
            Some(0b001)
        );
        assert_eq!(cheapest(&[required(&[])], &[], 0), None);
        assert_eq!(cheapest(&[], &[], 0), Some(0));
    }

    #[test]
    fn an_absurd_request_ends_soon_and_is_still_answered() {
        // 85 sets of three options over 64 queries that all hang together.
        let sets: Vec<_> = (0..85)
            .map(|set| required(&[1 << (set % 64), 1 << ((set * 7 + 1) % 64), 0b11 << ((set * 5) % 63)]))
            .collect();
        let costs: Vec<usize> = (0..64).map(|query| query * 37 % 11 + 1).collect();
        let started = std::time::Instant::now();
        let chosen = cheapest(&sets, &costs, 0).unwrap();
        assert!(sets.iter().all(|set| set.options.iter().any(|option| option & !chosen == 0)));
        assert!(started.elapsed() < std::time::Duration::from_secs(5));
    }

    fn any_sets() -> impl Strategy<Value = Vec<(bool, Vec<QueryMask>)>> {
        proptest::collection::vec((any::<bool>(), proptest::collection::vec(1..64_u64, 1..4)), 0..5)
    }

    /// Every selection, cheapest first, then by the order of options.
    fn oracle(sets: &[SetOptions], costs: &[usize], forced: QueryMask) -> Option<usize> {
        let mut masks = vec![0];
        for set in sets {
            let none = (!set.required).then_some(&0);
            let options: Vec<_> = set.options.iter().chain(none).collect();
            masks = masks.iter().flat_map(|mask| options.iter().map(move |option| mask | **option)).collect();
        }
        let cost = |mask: QueryMask| (0..6).filter(|q| mask >> q & 1 == 1).map(|q| costs[q]).sum::<usize>();
        masks.into_iter().filter(|mask| forced & !mask == 0).map(cost).min()
    }

    proptest! {
        #[test]
        fn small_requests_are_solved_exactly(sets in any_sets(), costs in proptest::collection::vec(0..5_usize, 6),
                                             forced in 0..64_u64, force in any::<bool>()) {
            let forced = if force { forced } else { 0 };
            let sets: Vec<_> =
                sets.into_iter().map(|(required, options)| SetOptions { required, options }).collect();
            let chosen = cheapest(&sets, &costs, forced);
            let cost = |mask: QueryMask| (0..6).filter(|q| mask >> q & 1 == 1).map(|q| costs[q]).sum::<usize>();
            prop_assert_eq!(chosen.map(cost), oracle(&sets, &costs, forced));
            prop_assert!(chosen.is_none_or(|chosen| forced & !chosen == 0));
        }
    }
}
