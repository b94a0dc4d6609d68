// Loaded into a process before its program (`node --require`, which costs it about a millisecond): at the end it writes what
// the process used to the file that GROKSCOPE_USAGE_FILE names.

const { readFileSync, writeFileSync } = require('node:fs');

process.on('exit', () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage(); // microseconds; kibibytes
  const usage = {
    cpu_ms: (userCPUTime + systemCPUTime) / 1000,
    peak_mb: (peakKibibytes() ?? maxRSS) * 1.024e-3,
  };
  writeFileSync(String(process.env.GROKSCOPE_USAGE_FILE), JSON.stringify(usage));
});

/** On Linux maxRSS may be that of the process that started this one; the status file has our own. */
function peakKibibytes() {
  try {
    return Number(/^VmHWM:\s+(\d+)/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]);
  } catch {
    return undefined;
  }
}
