import type { Command } from '../grammar/command.ts'
import { cancelCommand } from './cancelCommand.ts'
import { checkCommand } from './checkCommand.ts'
import { completionCommand } from './completionCommand.ts'
import { demoCommand } from './demoCommand.ts'
import { describeCommand } from './describeCommand.ts'
import { resumeCommand } from './resumeCommand.ts'
import { retryCommand } from './retryCommand.ts'
import { runCommand } from './runCommand.ts'
import { runsCommand } from './runsCommand.ts'
import { searchCommand } from './searchCommand.ts'
import { showCommand } from './showCommand.ts'
import { signalCommand } from './signalCommand.ts'

/** All commands, in the order in which people read of them. */
export const commands: readonly Command[] = [
  runCommand,
  describeCommand,
  checkCommand,
  searchCommand,
  runsCommand,
  showCommand,
  cancelCommand,
  signalCommand,
  resumeCommand,
  retryCommand,
  demoCommand,
  completionCommand(() => commands)
]
