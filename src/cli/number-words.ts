/** Numbers as they are read at the command line: bytes, durations, rates, shares, losses. */

/** In the place of a number that is not known. */
export const UNKNOWN = '–';

/** `340 MB`, `8.6 GB`; decimal units. */
export function bytesText(bytes: number): string {
  if (bytes >= 999.5e6) return `${(bytes / 1e9).toFixed(1)} GB`;
  return bytes >= 999.5e3 ? `${Math.round(bytes / 1e6)} MB` : `${Math.ceil(bytes / 1e3)} kB`;
}

/** `0:07`, `12:34`, `3:04:05`; `–` for what is not known. */
export function clockText(seconds: number): string {
  if (!Number.isFinite(seconds) || seconds < 0) return UNKNOWN;
  const whole = Math.round(seconds);
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const two = (value: number) => String(value).padStart(2, '0');
  return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}

/** `3.2 s`, `2 min 5 s`, `1 h 4 min`. */
export function durationText(seconds: number): string {
  if (seconds < 59.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.floor(whole / 60) % 60} min`;
}

/** `345`, `34.5`, `3.45`; `–` for what is not known. */
export function rateText(perSecond: number): string {
  if (!Number.isFinite(perSecond) || perSecond <= 0) return UNKNOWN;
  if (perSecond >= 99.95) return String(Math.round(perSecond));
  return perSecond.toFixed(perSecond >= 9.995 ? 1 : 2);
}

/** `97.4 %`; 100 % and 0 % only for what is exactly that. */
export function shareText(share: number | undefined): string {
  if (share === undefined || !Number.isFinite(share)) return UNKNOWN;
  const rounded = Math.round(share * 1000) / 10;
  const kept = share < 1 ? Math.min(rounded, 99.9) : rounded;
  return `${(share > 0 ? Math.max(kept, 0.1) : kept).toFixed(1)} %`;
}

/** Three digits: `0.0123`, `1.23e-7`. */
export function lossText(loss: number | undefined): string {
  if (loss === undefined) return UNKNOWN;
  if (loss === 0 || !Number.isFinite(loss)) return String(loss);
  const size = Math.abs(loss);
  return size >= 1e-3 && size < 1e4 ? String(Number(loss.toPrecision(3))) : loss.toExponential(2);
}

/** `12,800`. */
export function countText(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',');
}
