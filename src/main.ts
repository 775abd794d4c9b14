import { readConfiguration } from '#platform/configuration.ts'
import { runCommand } from './command-line.ts'
import { modules } from './modules.ts'

/** One binary, many roles: the words after `./patron` say which. */
try {
  process.exitCode = await runCommand(process.argv.slice(2), readConfiguration(process.env), modules)
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
}
