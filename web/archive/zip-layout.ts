/**
 * Where the numbers of a zip archive stand (PKWARE's APPNOTE.TXT 6.3, sections 4.3.7, 4.3.12 and 4.3.16): offsets in bytes,
 * numbers little-endian of 2 or 4 bytes.
 */

export const signatures = { local: 0x04034b50, entry: 0x02014b50, end: 0x06054b50 } as const;

/** Before each file's bytes; name and extra field follow. */
export const local = {
  length: 30,
  flags: 6,
  method: 8,
  date: 12,
  crc: 14,
  packed: 18,
  size: 22,
  name: 26,
  extra: 28,
};

/** The same in the directory at the end, with the place of the file. */
export const entry = {
  length: 46,
  flags: 8,
  method: 10,
  date: 14,
  crc: 16,
  packed: 20,
  size: 24,
  name: 28,
  extra: 30,
  comment: 32,
  offset: 42,
} as const;

/** The last record: how many entries, and where the directory is; a comment follows. */
export const end = { length: 22, here: 8, count: 10, size: 12, offset: 16, comment: 20 } as const;

export const methods = { stored: 0, deflated: 8 } as const;
/** The lowest version that reads folders and Deflate: 2.0. */
export const version = 20;
export const flags = { encrypted: 1, utf8: 0x800 } as const;
