/** Where every chart over time has its plot, in px from either side, so that what is drawn below it stands below it. */

/** Room of the labels of values. */
export const AXIS_WIDTH = 52;
export const RIGHT_MARGIN = 12;
