//! What is found once can be found again.

use simulation::run;

#[test]
fn the_same_seed_tells_the_same_story_and_another_seed_another_one() {
    let story = |seed| run(seed, 900).unwrap();
    let first = story(7);
    assert_eq!(first.broken, None);
    assert!(first.requests > 1_000 && first.closed > 10, "{first:?}");
    assert_eq!(first, story(7));
    assert_ne!(first.trace, story(8).trace);
}
