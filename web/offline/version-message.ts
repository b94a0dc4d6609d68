/** What the service worker tells open pages when a version of the lab is in place. */

export interface VersionMessage {
  readonly kind: 'lab-version';
  /** Addresses of every file of that version. */
  readonly files: readonly string[];
}
