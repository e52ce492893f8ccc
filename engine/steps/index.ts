import type { StepDefinition } from '../model/index.ts'
import { ifStep } from './flow-management/if.ts'
import { switchStep } from './flow-management/switch.ts'
import { forEach } from './flow-management/loops/forEach.ts'
import { whileStep } from './flow-management/loops/while.ts'
import { repeat } from './flow-management/loops/repeat.ts'
import { parallel } from './flow-management/parallel.ts'
import { join } from './flow-management/join.ts'
import { pauseFlow } from './flow-management/waits/pauseFlow.ts'
import { goTo } from './flow-management/goTo.ts'
import { catchException } from './flow-management/catchException.ts'
import { catchOutcome } from './flow-management/catchOutcome.ts'
import { startLinkedFlowAsync } from './flow-management/calls/startLinkedFlowAsync.ts'
import { waitForRun } from './flow-management/calls/waitForRun.ts'
import { waitForSignal } from './flow-management/waits/waitForSignal.ts'
import { waitForFirstSignal } from './flow-management/waits/waitForFirstSignal.ts'
import { sendSignal } from './flow-management/waits/sendSignal.ts'
import { cancelRun } from './flow-management/calls/cancelRun.ts'
import { setValue } from './data/setValue.ts'
import { createData } from './data/createData.ts'
import { script } from './code/script.ts'
import { addDocument } from './files/addDocument.ts'
import { readTextFile } from './files/readTextFile.ts'
import { end } from './flow-management/end.ts'
import { goAsync } from './flow-management/goAsync.ts'
import { log } from './flow-management/log.ts'
import { runFlow } from './flow-management/calls/runFlow.ts'
import { start } from './flow-management/start.ts'
import { throwException } from './flow-management/throwException.ts'
import { emailAddressList } from './mail/emailAddressList.ts'
import { sendEmail } from './mail/sendEmail.ts'

export { readTable } from './mail/addressTable.ts'

/** All kinds of step, in Toolbox order. */
export const builtInSteps: readonly StepDefinition[] = [
  goAsync,
  runFlow,
  ifStep,
  switchStep,
  forEach,
  whileStep,
  repeat,
  parallel,
  join,
  pauseFlow,
  catchException,
  throwException,
  catchOutcome,
  startLinkedFlowAsync,
  waitForRun,
  waitForSignal,
  waitForFirstSignal,
  sendSignal,
  cancelRun,
  goTo,
  log,
  start,
  end,
  createData,
  setValue,
  addDocument,
  readTextFile,
  emailAddressList,
  sendEmail,
  script
]
