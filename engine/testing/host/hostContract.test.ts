import { fileHost } from './fileHost.ts'
import { describeHost } from './hostContract.ts'
import { memoryHost } from './memoryHost.ts'

describeHost('a host in memory', () => Promise.resolve(memoryHost()))
describeHost('the host of this computer', fileHost)
