/** Explanations on trial: arms over paired seeds, read off runs and judged by a rule, exported as `grokscope/trials` (Node only). */

export { analyse } from './analyse.ts';
export type {
  Analysis,
  ArmSummary,
  ArmSurvival,
  ComparisonResult,
  Interval,
  TimeComparison,
  Verdict,
} from './analysis.ts';
export { type ClaimComparison, type ClaimEntry, claimsLedger, type JudgedTrial } from './claims.ts';
export { endpointValues, type ObservedRun } from './endpoints.ts';
export { pilotOf } from './pilot.ts';
export { type Plan, type PlanChanges, planChanges, planHash, planOf } from './plan.ts';
export { type PlannedRun, plannedRuns } from './planned-runs.ts';
export type { EndpointValue, Registration, RunResult, TrialResults } from './results.ts';
export { parseResults, readResults, resultsFolder, writeResults } from './results-file.ts';
export { type RunTrialOptions, runTrial, type TrialOutcome, type TrialWatcher } from './run-trial.ts';
export type { Arm, Comparison, Endpoint, Moment, Rule, RunEvent, Split, Trial } from './trial.ts';
export { parseTrial, readTrial } from './trial-file.ts';
