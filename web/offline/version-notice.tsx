/** Says that a newer version of the lab is in place, and offers to open it. */

import { isReplaced } from './offline.ts';

export function VersionNotice() {
  return (
    <div role="status">
      {isReplaced.value && (
        <p class="notice">
          There is a new version of the lab.{' '}
          <button type="button" onClick={() => location.reload()}>
            Reload
          </button>
        </p>
      )}
    </div>
  );
}
