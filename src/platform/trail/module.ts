import { module } from '../module.ts'
import { trailChecks } from './checks.ts'
import { trailCommands } from './commands.ts'

/** The audit trail: what seals and checks it. People look at it through the organization. */
export const trail = module({ name: 'trail', api: {}, actions: {}, permissions: {}, commands: trailCommands, checks: trailChecks })
