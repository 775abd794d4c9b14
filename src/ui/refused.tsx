/**
 * Says why something was not carried out, in the chosen language: `refusal.<reason>` of the module that refused, else of the shell, else the server's own sentence.
 *
 *   <Refused problem={write.problem} />                 nothing when there is no problem
 *   <Refused problem={query.error} again={query.refetch} />
 *   const sentence = useSentence(); sentence(problem)
 */
import { Alert, Button } from 'antd'
import type { FieldProblem } from '#platform/refusal.ts'
import type { Problem } from './client.ts'
import { hasWord, useWords } from './words.ts'

export function Refused({ problem, again }: { problem: Problem | null | undefined; again?: () => unknown }) {
  const t = useWords('ui')
  const sentence = useSentence()
  const ofField = useFieldSentence()
  if (!problem) return null
  const others = problem.fields.filter((field) => field.detail !== problem.message)
  return (
    <Alert
      role="alert"
      type={problem.status >= 500 || problem.status === 0 ? 'error' : 'warning'}
      showIcon
      title={sentence(problem)}
      description={
        others.length > 1 || problem.request ? (
          <>
            {others.length > 1 && (
              <ul className="plain-list">
                {others.slice(0, 8).map((field) => (
                  <li key={`${field.field} ${field.reason}`}>
                    <b>{field.field}</b>: {ofField(problem.module, field)}
                  </li>
                ))}
              </ul>
            )}
            {problem.request && <small>{t('refused.request', { request: problem.request })}</small>}
          </>
        ) : undefined
      }
      action={
        again && (
          <Button size="small" onClick={() => again()}>
            {t('refused.again')}
          </Button>
        )
      }
    />
  )
}

/** The sentence alone, for messages. */
export function useSentence(): (problem: Problem) => string {
  const t = useWords('ui')
  return (problem) => {
    const key = `refusal.${problem.reason}`
    return hasWord(problem.module, key) ? t(`${problem.module}:${key}`, problem.values) : problem.message
  }
}

/** What is wrong with one field: `field.<reason>` in the module's or the shell's words, else the server's own sentence. */
export function useFieldSentence(): (module: string, field: FieldProblem) => string {
  const t = useWords('ui')
  return (module, field) => {
    const key = `field.${field.reason}`
    return hasWord(module, key) ? t(`${module}:${key}`) : field.detail
  }
}
