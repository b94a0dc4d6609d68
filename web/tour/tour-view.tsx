/** The tour beside the panels (above them on a narrow screen): the words of a step, its button, its live sentence, its evidence. */

import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { documentLink } from '../panels/document-link.ts';
import { panels } from '../panels/index.ts';
import type { Lab } from '../state/lab.ts';
import { Guide } from './guide.ts';
import { steps } from './steps/index.ts';
import type { TourStep } from './tour-step.ts';
import './tour.css';

const TITLE = 'tour-title';

export function TourView({ lab }: { lab: Lab }) {
  const guide = useMemo(() => new Guide(lab), [lab]);
  const number = guide.number.value;
  const step = guide.step.value;
  const title = useRef<HTMLHeadingElement>(null);
  const last = useRef(number);
  useLayoutEffect(() => {
    // Not at the first drawing: a page that is loaded leaves the focus where browsers put it.
    if (last.current !== number) title.current?.focus();
  }, [number]);
  useEffect(() => {
    // The head of the page has its button again by then.
    if (last.current !== undefined && number === undefined) document.getElementById('take-the-tour')?.focus();
    last.current = number;
  }, [number]);
  const looked = step?.look.map(({ panel }) => panel).join(' ');
  useEffect(() => {
    // Style sheets mark the panels concerned by it.
    if (looked === undefined) delete document.body.dataset.look;
    else document.body.dataset.look = looked;
  }, [looked]);
  if (step === undefined || number === undefined) return null;
  return (
    <section class="tour" aria-labelledby={TITLE}>
      <div class="tour-head">
        <p class="muted">
          Tour, step {number} of {steps.length}
        </p>
        <button type="button" onClick={() => guide.go(undefined)}>
          Leave the tour
        </button>
      </div>
      <h2 id={TITLE} tabIndex={-1} ref={title}>
        {step.title}
      </h2>
      {step.words.map((paragraph) => (
        <p key={paragraph}>{paragraph}</p>
      ))}
      <Doing lab={lab} guide={guide} step={step} />
      <h3>What to look at</h3>
      <ul>
        {step.look.map(({ panel, what }) => (
          <li key={panel}>
            <button type="button" class="look" onClick={() => lookAt(guide, panel)}>
              {panels.find(({ name }) => name === panel)?.title ?? panel}
            </button>
            : {what}
          </li>
        ))}
      </ul>
      <h3>What the evidence says</h3>
      <ul>
        {step.evidence.map(({ words, document }) => (
          <li key={words}>
            {words}{' '}
            <a href={documentLink(document).address} target="_blank" rel="noopener">
              {document.replace(/^docs\//, '')}
            </a>
          </li>
        ))}
      </ul>
      <nav class="tour-ways" aria-label="Steps of the tour">
        <button type="button" disabled={number === 1} onClick={() => guide.go(number - 1)}>
          Back
        </button>
        {number < steps.length ? (
          <button type="button" onClick={() => guide.go(number + 1)}>
            Next: {steps[number]?.title}
          </button>
        ) : (
          <button type="button" onClick={() => guide.go(undefined)}>
            End of the tour
          </button>
        )}
      </nav>
      <BackToTour number={number} />
    </section>
  );
}

function Doing({ lab, guide, step }: { lab: Lab; guide: Guide; step: TourStep }) {
  const isBusy = guide.isBusy.value;
  const sentence = step.live(lab);
  const problem = guide.problem.value;
  const chief = step.look[0]?.panel;
  const act = () => {
    void guide.act();
    scrollToPanel(chief);
  };
  const runs = lab.forks.runs.value.length;
  useEffect(() => {
    // Each fork that is begun has a line above the panels, which moves them.
    if (isBusy && runs > 1) scrollToPanel(chief);
  }, [runs]);
  return (
    <div class="tour-doing">
      {/* Not disabled while something is under way, so that the focus stays; the guide does nothing twice. */}
      <button type="button" class="primary" aria-disabled={isBusy} onClick={act}>
        {isBusy ? 'Under way …' : step.action(lab)}
      </button>
      <p class="tour-live">{sentence}</p>
      {problem !== undefined && (
        <p class="fault" role="alert">
          {problem}
        </p>
      )}
      {/* For those who listen: how it begins and how it ends, not every number in between. */}
      <p class="visually-hidden" role="status">
        {isBusy ? 'Under way.' : sentence}
      </p>
    </div>
  );
}

/** On a narrow screen, where the tour stands above the panels, a way back from them. */
function BackToTour({ number }: { number: number }) {
  const [isAway, setAway] = useState(false);
  useEffect(() => {
    const title = document.getElementById(TITLE);
    if (title === null) return;
    const watcher = new IntersectionObserver(([entry]) => {
      setAway(entry?.isIntersecting === false && entry.boundingClientRect.top < 0);
    });
    const tour = title.parentElement;
    if (tour !== null) watcher.observe(tour);
    return () => watcher.disconnect();
  }, []);
  if (!isAway) return null;
  return (
    <button
      type="button"
      class="to-tour"
      onClick={() => {
        const title = document.getElementById(TITLE);
        title?.scrollIntoView({ block: 'start' });
        title?.focus();
      }}
    >
      ↑ Tour, step {number}
    </button>
  );
}

/** Leads there: opens the panel where it is closed, and takes the focus along. */
function lookAt(guide: Guide, panel: string): void {
  guide.open([panel]);
  // A panel that was closed is drawn by then.
  requestAnimationFrame(() => {
    scrollToPanel(panel)?.focus({ preventScroll: true });
  });
}

function scrollToPanel(panel: string | undefined): HTMLElement | null {
  const heading = document.getElementById(`panel-${panel}`);
  const behavior = matchMedia('(prefers-reduced-motion: reduce)').matches ? 'auto' : 'smooth';
  // Beside the tour as little moves as can be; above the panels there is nothing to be kept in sight.
  const block = matchMedia('(min-width: 60rem)').matches ? 'nearest' : 'start';
  heading?.closest('.panel')?.scrollIntoView({ behavior, block });
  return heading;
}
