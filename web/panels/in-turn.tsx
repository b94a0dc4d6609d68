/**
 * Lets a panel be drawn anew when its turn comes instead of at every change of a signal: what it reads is followed, and a change asks
 * for a turn. Frame, sentence and picture of a panel have one turn together, so that they never show different steps. While nothing is
 * trained only the reader changes anything, and what is in view follows at once.
 */

import { effect } from '@preact/signals';
import { type ComponentChildren, createContext, type FunctionComponent, type RefObject } from 'preact';
import { useContext, useLayoutEffect, useMemo, useReducer, useRef } from 'preact/hooks';
import { Turns } from './turns.ts';

const turns = new Turns((frame) => requestAnimationFrame(frame));

/** How far below or above the window a panel counts as in view. */
const NEAR = '20%';

/** A new object each time the panel is drawn: a picture whose properties are the same would be left as it is otherwise. */
const PanelTurn = createContext<{ readonly request: () => void } | undefined>(undefined);

/** Draws now; `changed` is called once when something that was read by it changes. */
function useFollowed(draw: () => ComponentChildren, changed: () => void): ComponentChildren {
  const stop = useRef<() => void>(undefined);
  stop.current?.();
  let drawn: ComponentChildren;
  let isFirst = true;
  stop.current = effect(() => {
    if (!isFirst) return changed();
    isFirst = false;
    drawn = draw();
  });
  // With the drawing: one that is gone before its first frame would be followed on otherwise.
  useLayoutEffect(() => () => stop.current?.(), []);
  return drawn;
}

/**
 * For the frame of a panel, which draws all of it.
 * @param isBusy whether changes come from a training
 * @param draw gets the place of the panel, to be put onto its element
 */
export function useDrawnInTurn(
  isBusy: () => boolean,
  draw: (place: RefObject<HTMLElement | null>) => ComponentChildren,
): ComponentChildren {
  const place = useRef<HTMLElement>(null);
  const isNear = useRef(true);
  const [, redraw] = useReducer<number, undefined>((count) => count + 1, 0);
  const turn = useMemo(() => ({ draw: () => redraw(undefined), isNear: () => isNear.current }), []);
  const request = () => (isNear.current && !isBusy() ? turn.draw() : turns.request(turn));
  useLayoutEffect(() => {
    if (place.current === null) return;
    const observer = new IntersectionObserver(
      (entries) => {
        isNear.current = entries.at(-1)?.isIntersecting ?? true;
      },
      { rootMargin: `${NEAR} 0px` },
    );
    observer.observe(place.current);
    return () => {
      observer.disconnect();
      turns.withdraw(turn);
    };
  }, []);
  turns.withdraw(turn);
  const drawn = useFollowed(() => draw(place), request);
  return <PanelTurn.Provider value={{ request }}>{drawn}</PanelTurn.Provider>;
}

/** The same component, which asks for the turn of its panel when what it reads has changed; outside of panels it is drawn at once. */
export function inTurn<Props extends object>(Drawn: FunctionComponent<Props>): FunctionComponent<Props> {
  return (props) => {
    const turn = useContext(PanelTurn);
    const [, redraw] = useReducer<number, undefined>((count) => count + 1, 0);
    return useFollowed(
      () => Drawn(props),
      () => (turn === undefined ? redraw(undefined) : turn.request()),
    );
  };
}
