/** The button in the head of the page that opens the tour. */

import type { Lab } from '../state/lab.ts';

export function TourButton({ lab }: { lab: Lab }) {
  if (lab.tour.value !== undefined) return null;
  return (
    <button
      type="button"
      id="take-the-tour"
      class="primary"
      onClick={() => {
        lab.tour.value = 1;
      }}
    >
      Take the tour
    </button>
  );
}
