import type { Context } from '#platform/context.ts'
import { plansPath } from '#platform/imports/facts.ts'
import { eventFile, planById } from '#platform/imports/plan-store.ts'
import { runById } from '#platform/runs/store.ts'
import { notify } from '../actions/notify.ts'

/** Whoever asked for a long work hears how an import ended, and of any other work that failed; of an import by plan those hear whom the plan names. */
export async function tellRunEnded(context: Context, runId: string, state: 'done' | 'failed' | 'cancelled'): Promise<void> {
  const run = await runById(context.db, runId)
  if (!run || state === 'cancelled') return
  const input = run.input as { file?: { name?: string }; dryRun?: boolean; plan?: { name: string; tell: string[] } }
  const plan = run.undoOf === null ? input.plan : undefined
  const to = plan?.tell ?? [run.requestedBy]
  const file = input.file?.name ?? ''
  const problem = run.problem ?? ''
  const result = run.result as { rows?: number; rejected?: number } | null
  if (run.kind === 'import' && state === 'done' && run.undoOf === null && !input.dryRun) {
    const values = { file, rows: result?.rows ?? 0, rejected: result?.rejected ?? 0 }
    await notify(context, { to, kind: 'organization.import-ended', values, link: '/import/history' })
  } else if (state === 'failed' && plan)
    await notify(context, { to, kind: 'organization.plan-file-refused', values: { plan: plan.name, file }, link: plansPath })
  else if (state === 'failed') await notify(context, { to, kind: 'organization.work-failed', values: { problem }, link: '/runs' })
}

export async function tellPlanFailing(context: Context, { planId }: { planId: string }): Promise<void> {
  const plan = await planById(context.db, planId)
  if (plan) await notify(context, { to: plan.tell, kind: 'organization.plan-failing', values: { plan: plan.name }, link: plansPath })
}

export async function tellPlanFileRefused(context: Context, { planId, eventId }: { planId: string; eventId: string }): Promise<void> {
  const plan = await planById(context.db, planId)
  if (!plan) return
  const values = { plan: plan.name, file: (await eventFile(context.db, eventId)) ?? '' }
  await notify(context, { to: plan.tell, kind: 'organization.plan-file-refused', values, link: plansPath })
}
