/** The page: reads its address, builds the lab, and keeps address and colours up to date. */

import './no-generated-code.ts';
import { render } from 'preact';
import { keepOffline } from './offline/offline.ts';
import { App } from './shell/app.tsx';
import { Failure, Whole } from './shell/failure.tsx';
import { followAddress } from './shell/follow-address.ts';
import { applyColours, systemPaper } from './shell/paper.ts';
import { sayUnforeseen } from './shell/unforeseen.ts';
import { Lab } from './state/lab.ts';

const place = document.getElementById('lab');
if (place === null) throw new Error('internal: the page has no place for the lab');
try {
  const lab = new Lab(location.hash, systemPaper);
  applyColours(lab.view.paper);
  followAddress(lab);
  place.replaceChildren();
  render(
    <Whole>
      <App lab={lab} />
    </Whole>,
    place,
  );
  sayUnforeseen(lab.faults);
  void keepOffline(() => !lab.address.value.play);
} catch (error) {
  place.replaceChildren();
  render(<Failure error={error} />, place);
}
