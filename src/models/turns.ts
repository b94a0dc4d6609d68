/** The cosine of an angle counted in turns, where the models look for it; the engine has it. */
export { cosineOfTurns } from '../engine/turns.ts';
