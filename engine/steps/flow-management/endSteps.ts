import { type Flow, type Step, endStepsOf } from '../../model/index.ts'
import { end } from './end.ts'

/** The End Steps of a flow, in its order. */
export const endSteps = (flow: Flow): readonly Step[] => endStepsOf(flow, [end])
