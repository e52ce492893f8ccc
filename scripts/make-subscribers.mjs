// Writes the list of 1,200 addresses that the sample flows send to. Always the same list: node scripts/make-subscribers.mjs
import { writeFile } from 'node:fs/promises'

const count = 1200
const firstNames = [
  ...[
    'Ada',
    'Amina',
    'Anna',
    'Aroha',
    'Ben',
    'Bruno',
    'Carla',
    'Chen',
    'Clara',
    'Daniel',
    'Dara',
    'Elif',
    'Emil',
    'Esther'
  ],
  ...[
    'Farid',
    'Femi',
    'Freya',
    'George',
    'Grace',
    'Hana',
    'Hugo',
    'Ines',
    'Ivan',
    'Jonas',
    'Julia',
    'Kofi',
    'Lars',
    'Leila'
  ],
  ...[
    'Lucia',
    'Maja',
    'Marco',
    'Mei',
    'Milan',
    'Nadia',
    'Nils',
    'Noor',
    'Olga',
    'Omar',
    'Paula',
    'Petra',
    'Priya',
    'Rafael'
  ],
  ...['Rosa', 'Samir', 'Sofia', 'Tariq', 'Thea', 'Tomas', 'Vera', 'Yuki', 'Zoe']
]
const lastNames = [
  ...[
    'Adeyemi',
    'Alvarez',
    'Andersen',
    'Bauer',
    'Berg',
    'Carter',
    'Costa',
    'Dahl',
    'Demir',
    'Duval',
    'Eriksen',
    'Fischer'
  ],
  ...[
    'Garcia',
    'Haas',
    'Hughes',
    'Ito',
    'Jansen',
    'Kaya',
    'Keller',
    'Khan',
    'Lang',
    'Larsen',
    'Lindgren',
    'Marino',
    'Mensah'
  ],
  ...[
    'Meyer',
    'Moreau',
    'Nakamura',
    'Novak',
    'Okafor',
    'Olsen',
    'Parker',
    'Patel',
    'Petrov',
    'Quinn',
    'Reyes',
    'Rossi'
  ],
  ...['Santos', 'Schmidt', 'Silva', 'Suzuki', 'Tanaka', 'Torres', 'Vogel', 'Walker', 'Weber', 'Wright']
]

// 51 first and 47 last names share no divisor: stepping through both gives each pair once in 2,397 rows.
const rows = Array.from({ length: count }, (_, index) => {
  const first = firstNames[index % firstNames.length] ?? ''
  const last = lastNames[index % lastNames.length] ?? ''
  const joined = new Date(Date.UTC(2024, 0, 2) + ((index * 5) % 730) * 86_400_000).toISOString().slice(0, 10)
  return `${first.toLowerCase()}.${last.toLowerCase()}@example.com,${first},${joined}`
})
await writeFile(
  new URL('../resources/samples/subscribers.csv', import.meta.url),
  ['Email,First Name,Joined On', ...rows, ''].join('\n')
)
