/** By what commitments are known that were made as tasks of a case. */
export const tasksOrigin = (caseId: string) => ({ module: 'cases', id: `${caseId}:task` })

/** Of which case a commitment is a task; null for any other. */
export function caseOfTask(origin: { readonly module: string; readonly id: string } | null): string | null {
  const [caseId, what] = origin?.module === 'cases' ? origin.id.split(':') : []
  return what === 'task' && caseId !== undefined ? caseId : null
}
