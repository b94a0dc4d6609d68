// How accuracies are recorded: more digits than examples can tell apart, fewer than a double.

/** @param {number} accuracy a fraction */
export const rounded = (accuracy) => Math.round(accuracy * 1e6) / 1e6;
