//! The profile of an article: where each speaker stands, all their quotes on a topic taken together.

use dixit_document::{Position, ProfileLine, Stance, Vocabulary as _};

/// A line for each speaker and topic, in the order in which they first take a position. `speaker_of` gives the speaker of a quote.
///
/// A speaker stands where the scores of their quotes add up highest. What they say without taking a side counts only
/// where they take none at all: who reports a round of talks and then welcomes it is for it.
pub fn profile(positions: &[Position], speaker_of: impl Fn(usize) -> Option<usize>) -> Vec<ProfileLine> {
    let mut groups: Vec<(usize, Vec<&Position>)> = Vec::new();
    for position in positions {
        let Some(speaker) = speaker_of(position.quote) else { continue };
        let is_same = |group: &&mut (usize, Vec<&Position>)| {
            group.0 == speaker && group.1.iter().all(|other| other.topic == position.topic)
        };
        match groups.iter_mut().find(is_same) {
            Some(group) => group.1.push(position),
            None => groups.push((speaker, vec![position])),
        }
    }
    groups.into_iter().filter_map(|(speaker, positions)| line(speaker, &positions)).collect()
}

/// The line of a speaker's positions on one topic; `None` if there are none.
fn line(speaker: usize, positions: &[&Position]) -> Option<ProfileLine> {
    let total = |stance: Stance| -> f32 {
        positions.iter().filter(|position| position.stance == stance).map(|position| position.score).sum()
    };
    let takes_side = positions.iter().any(|position| position.stance != Stance::Neutral);
    let stances = Stance::ALL.iter().copied().filter(|stance| !takes_side || *stance != Stance::Neutral);
    // Of equals the first wins, so that the same positions give the same line.
    let stance = stances.rev().max_by(|left, right| total(*left).total_cmp(&total(*right)))?;
    let of_stance = positions.iter().rev().filter(|position| position.stance == stance);
    let strongest = of_stance.max_by(|left, right| left.score.total_cmp(&right.score))?;
    Some(ProfileLine {
        speaker,
        topic: strongest.topic.clone(),
        stance,
        score: strongest.score,
        quotes: positions.len(),
        strongest: strongest.quote,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn position(quote: usize, topic: &str, stance: Stance, score: f32) -> Position {
        Position { quote, topic: topic.to_owned(), stance, score, evidence: Vec::new(), by: "test" }
    }

    #[test]
    fn has_a_line_a_speaker_and_topic_with_the_strongest_quote() {
        let speakers = [Some(1), Some(0), Some(1), Some(1), None];
        let lines = profile(
            &[
                position(0, "dialogue", Stance::Support, 0.4),
                position(0, "ceasefire", Stance::Oppose, 0.9),
                position(1, "dialogue", Stance::Oppose, 0.5),
                position(2, "dialogue", Stance::Conditional, 0.6),
                position(3, "dialogue", Stance::Support, 0.5),
                position(4, "dialogue", Stance::Support, 0.9),
            ],
            |quote| speakers[quote],
        );
        let told: Vec<_> = lines
            .iter()
            .map(|line| (line.speaker, line.topic.as_str(), line.stance, line.quotes, line.strongest))
            .collect();
        assert_eq!(
            told,
            [
                (1, "dialogue", Stance::Support, 3, 3),
                (1, "ceasefire", Stance::Oppose, 1, 0),
                (0, "dialogue", Stance::Oppose, 1, 1),
            ]
        );
    }

    #[test]
    fn who_takes_a_side_once_is_not_neutral() {
        let neutral = position(0, "dialogue", Stance::Neutral, 0.9);
        let both = [neutral.clone(), position(1, "dialogue", Stance::Support, 0.3)];
        assert_eq!(profile(&both, |_| Some(0))[0].stance, Stance::Support);
        assert_eq!(profile(&[neutral], |_| Some(0))[0].stance, Stance::Neutral);
    }
}
