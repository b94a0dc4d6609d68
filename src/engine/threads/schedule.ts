/**
 * Shares out a list of instructions: into phases, one after the other, of jobs that threads may run at once. Instructions
 * that depend on nothing but earlier phases stand in one; long ones are split, short ones are put together.
 */

import type { Buffer, Instruction } from '../lowering.ts';
import { duration, footprint, scratchOf } from './footprint.ts';
import { split } from './split.ts';

/** Nanoseconds of work that are not worth sharing out. */
export interface Grain {
  /** A phase as short as this is left to one thread: the threads would have to meet at its end. */
  readonly phase: number;
  /** A job as short as this is put together with others: it would have to be claimed. */
  readonly job: number;
}

const GRAIN: Grain = { phase: 20_000, job: 5_000 };
/** Jobs a phase is cut into for each thread, so that a slow thread holds up the others by little. */
const JOBS_PER_THREAD = 8;

/** The instructions of one job, run one after the other by one thread. */
export type Job = readonly Instruction[];

/** @returns phases of jobs; with one thread all instructions as they came, in one job */
export function schedule(instructions: readonly Instruction[], threads: number, grain = GRAIN): Job[][] {
  if (instructions.length === 0) return [];
  if (threads === 1 || passesScratchOn(instructions)) return [[instructions]];
  const phases: Job[][] = [];
  let serial: Instruction[] = [];
  const flush = (): void => {
    if (serial.length > 0) phases.push([serial]);
    serial = [];
  };
  for (const level of levels(instructions)) {
    const worthwhile = level.reduce((sum, one) => sum + duration(one), 0) > grain.phase;
    const jobs = worthwhile ? jobsOf(level, threads, grain.job) : [];
    if (jobs.length < 2) {
      serial.push(...level);
      continue;
    }
    flush();
    phases.push(jobs);
  }
  flush();
  return phases;
}

/** True when one instruction leaves something for another in the scratch of its thread. */
function passesScratchOn(instructions: readonly Instruction[]): boolean {
  const seen = new Set<Buffer>();
  for (const instruction of instructions) {
    const own = new Set(scratchOf(instruction));
    for (const buffer of own) {
      if (seen.has(buffer)) return true;
      seen.add(buffer);
    }
  }
  return false;
}

/** Instructions by the length of the longest chain of others that must run before them. */
function levels(instructions: readonly Instruction[]): Instruction[][] {
  const written = new Map<Buffer, number>();
  const read = new Map<Buffer, number>();
  const result: Instruction[][] = [];
  let least = 0;
  for (const instruction of instructions) {
    const touched = footprint(instruction);
    let level = least;
    if (touched === undefined) {
      level = result.length;
      least = level + 1;
    } else {
      for (const buffer of touched.reads) level = Math.max(level, after(written, buffer));
      for (const buffer of touched.writes)
        level = Math.max(level, after(written, buffer), after(read, buffer));
      for (const buffer of touched.reads) read.set(buffer, Math.max(level, read.get(buffer) ?? 0));
      for (const buffer of touched.writes) written.set(buffer, level);
    }
    while (result.length <= level) result.push([]);
    (result[level] as Instruction[]).push(instruction);
  }
  return result;
}

function after(level: ReadonlyMap<Buffer, number>, buffer: Buffer): number {
  const known = level.get(buffer);
  return known === undefined ? 0 : known + 1;
}

/** Long instructions in parts, short ones together; the longest jobs first. */
function jobsOf(level: readonly Instruction[], threads: number, least: number): Job[] {
  const total = level.reduce((sum, one) => sum + duration(one), 0);
  const target = Math.max(least, total / (threads * JOBS_PER_THREAD));
  const parts = level.flatMap((one) => split(one, Math.round(duration(one) / target)));
  const inOrder = parts.map((part) => ({ part, time: duration(part) })).sort((a, b) => b.time - a.time);
  const jobs: Instruction[][] = [];
  let time = Number.POSITIVE_INFINITY;
  for (const next of inOrder) {
    if (time + next.time > target) {
      jobs.push([]);
      time = 0;
    }
    (jobs[jobs.length - 1] as Instruction[]).push(next.part);
    time += next.time;
  }
  return jobs;
}
