import { fetchPage, replaceParts } from './parts.ts'

/** Forms that say what they do. One handler for all, also those that come into the page later. */
export function startForms(): void {
  document.addEventListener('submit', (event) => {
    const form = event.target
    if (!(form instanceof HTMLFormElement) || form.dataset.form === undefined) return
    if (form.dataset.busy !== undefined) {
      // What somebody sends while the one before is on its way goes after it.
      form.dataset.again = ''
      return event.preventDefault()
    }
    const into = form.dataset.form
    setBusy(form, true)
    if (into === '') return
    event.preventDefault()
    sendInPlace(form, into).catch(() => form.submit())
  })
  document.addEventListener('change', (event) => {
    if (event.target instanceof HTMLInputElement && event.target.type === 'file') checkFiles(event.target)
  })
  // Going back shows the page as it was left: as being sent.
  addEventListener('pageshow', () => {
    for (const form of document.querySelectorAll<HTMLFormElement>('form[data-busy]')) setBusy(form, false)
  })
}

function setBusy(form: HTMLFormElement, isBusy: boolean): void {
  const button = form.querySelector<HTMLButtonElement>('button[type="submit"]')
  if (isBusy) form.dataset.busy = ''
  else delete form.dataset.busy
  if (!button) return
  button.dataset.words ??= button.textContent ?? ''
  button.textContent = isBusy ? (form.dataset.sending ?? button.dataset.words) : button.dataset.words
  button.setAttribute('aria-disabled', String(isBusy))
}

/** Sends a form and takes over the part of the answer that it names, and the form as it is then; where that cannot be done it is sent like every other. */
async function sendInPlace(form: HTMLFormElement, into: string): Promise<void> {
  const data = new FormData(form)
  const isPlain = ![...data.values()].some((value) => value instanceof File)
  const body = isPlain ? new URLSearchParams(data as unknown as Record<string, string>) : data
  const answer = await fetchPage(form.action, { method: 'POST', body })
  const fresh =
    answer &&
    [...answer.page.querySelectorAll('form')].find(
      (one) => one.dataset.form === into && one.action.split('?')[0] === form.action.split('?')[0],
    )
  if (!answer || !fresh) {
    if (answer?.isOk) return location.assign(answer.url)
    return form.submit()
  }
  if (answer.isOk) replaceParts(answer.page, [into])
  const active = form.contains(document.activeElement) ? document.activeElement : null
  const next = document.importNode(fresh, true)
  const isMore = answer.isOk && keepTyped(form, data, next)
  form.replaceWith(next)
  if (isMore && form.dataset.again !== undefined) return next.requestSubmit()
  const problems = next.querySelector<HTMLElement>('#problems')
  const field = 'textarea, select, input:not([type="hidden"], [tabindex="-1"])'
  if (problems) problems.focus()
  else if (active) (document.getElementById(active.id) ?? next.querySelector<HTMLElement>(field))?.focus()
}

/** What was typed while a form was on its way is no part of what was sent, and stays; whether there was anything. */
function keepTyped(form: HTMLFormElement, sent: FormData, next: HTMLFormElement): boolean {
  let isMore = false
  for (const field of form.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>(
    'textarea, input:not([type="hidden"], [type="file"])',
  )) {
    const other = field.id ? next.querySelector<HTMLInputElement | HTMLTextAreaElement>(`#${CSS.escape(field.id)}`) : null
    if (!other || field.type === 'radio' || field.type === 'checkbox' || field.value === sent.get(field.name)) continue
    other.value = field.value
    isMore = true
  }
  return isMore
}

/** Says before anything is sent that a file is too large, or that there are too many. */
function checkFiles(input: HTMLInputElement): void {
  const { most, bytes, refused, refusedCount } = input.dataset
  const files = [...(input.files ?? [])]
  const tooLarge = bytes !== undefined && files.some((file) => file.size > Number(bytes))
  const tooMany = most !== undefined && files.length > Number(most)
  input.setCustomValidity(tooLarge ? (refused ?? '') : tooMany ? (refusedCount ?? '') : '')
  input.reportValidity()
}
