import type { StepDefinition } from '../model/index.ts'
import { addDocument } from './files/addDocument.ts'
import { readTextFile } from './files/readTextFile.ts'
import { end } from './flow-management/end.ts'
import { goAsync } from './flow-management/goAsync.ts'
import { log } from './flow-management/log.ts'
import { runFlow } from './flow-management/runFlow.ts'
import { start } from './flow-management/start.ts'
import { throwException } from './flow-management/throwException.ts'
import { emailAddressList } from './mail/emailAddressList.ts'
import { sendEmail } from './mail/sendEmail.ts'

export { readTable } from './mail/addressTable.ts'

/** All kinds of step, in Toolbox order. */
export const builtInSteps: readonly StepDefinition[] = [
  goAsync,
  runFlow,
  throwException,
  log,
  start,
  end,
  addDocument,
  readTextFile,
  emailAddressList,
  sendEmail
]
