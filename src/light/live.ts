import { listen } from './listen.ts'
import { fetchPage, replaceParts } from './parts.ts'

/** Parts of a page that are fetched anew when something is told, several tellings together. */
export function startLive(): void {
  for (const part of document.querySelectorAll<HTMLElement>('[data-live][id]')) {
    let isBusy = false
    let isAgain = false
    const renew = async () => {
      isAgain = true
      if (isBusy) return
      isBusy = true
      while (isAgain) {
        isAgain = false
        const fresh = await fetchPage(location.href)
        if (fresh?.isOk) replaceParts(fresh.page, [part.id])
      }
      isBusy = false
    }
    listen(part.dataset.live!, {
      told: () => void renew(),
      missed: () => void renew(),
      // A link that has ended shows so when the page is loaded again.
      ended: () => location.reload(),
    })
  }
}
