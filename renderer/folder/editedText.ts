const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** When something was edited, as people say it: 'today 10:41', 'yesterday', '19 Nov', '19 Nov 2024'. Both in local time. */
export function editedText(at: Date, now: Date): string {
  const days = Math.round((midnight(now) - midnight(at)) / 86_400_000)
  if (days === 0) return `today ${two(at.getHours())}:${two(at.getMinutes())}`
  if (days === 1) return 'yesterday'
  const date = `${at.getDate()} ${months[at.getMonth()] ?? ''}`
  return at.getFullYear() === now.getFullYear() ? date : `${date} ${at.getFullYear()}`
}

const midnight = (date: Date) => new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime()
const two = (number: number) => String(number).padStart(2, '0')
