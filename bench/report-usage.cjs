// Loaded into a process before its program (`node --require`, which costs it about a millisecond): at the end it writes what
// the process used to the file that GROKSCOPE_USAGE_FILE names.

const { writeFileSync } = require('node:fs');

process.on('exit', () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage(); // microseconds; kilobytes
  const usage = { cpu_ms: (userCPUTime + systemCPUTime) / 1000, peak_mb: maxRSS / 1000 };
  writeFileSync(String(process.env.GROKSCOPE_USAGE_FILE), JSON.stringify(usage));
});
