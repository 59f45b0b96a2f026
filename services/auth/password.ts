import { DomainError } from '@pasar/platform/errors';

/**
 * Words that people build passwords of, written down for this project: what is typed first, what is loved, what is
 * near. With the decorations that `coreOf` sees through they stand for several million passwords.
 */
const words = `
password passwort passwd pass passcode secret letmein welcome login signin admin administrator root master user
username guest test tester testing demo sample example default changeme change temp temporary system server
database internet computer laptop samsung android iphone google facebook instagram twitter tiktok youtube
netflix whatsapp telegram gojek grab tokopedia shopee lazada bukalapak blibli pasar market shop shopping toko
hello hallo halo hey goodbye please thanks thankyou trustno whatever nothing something anything access open
love iloveyou loveyou loveme mylove lovely baby babygirl sweetheart honey darling forever angel heart kiss
princess prince queen king lady lucky happy smile sunshine rainbow flower butterfly summer winter spring autumn
monday tuesday wednesday thursday friday saturday sunday january february march april june july august september
october november december birthday christmas holiday weekend family mother father brother sister mommy daddy
dragon monkey tiger lion eagle falcon panther wolf bear horse dolphin shark snake spider rabbit kitty kitten puppy
doggy cookie chocolate cheese banana orange apple cherry pepper ginger coffee sugar candy pizza burger
football baseball basketball hockey soccer tennis golf boxing running swimming champion winner player gamer
arsenal chelsea liverpool manchester barcelona realmadrid juventus milan ronaldo messi beckham jordan
superman batman spiderman ironman starwars pokemon pikachu naruto onepiece mickey hellokitty minecraft fortnite
freefire mobilelegends valorant counter strike warcraft diablo matrix phoenix shadow hunter killer ninja pirate
soldier ranger knight wizard magic merlin power thunder lightning storm fire ice snow ocean river mountain forest
freedom peace liberty blessed faith hope grace jesus christ heaven god allah muhammad bismillah assalamualaikum
alhamdulillah subhanallah insyaallah masyaallah islam muslim
michael daniel david robert william thomas charlie jordan andrew matthew joshua anthony ashley jessica jennifer
amanda nicole michelle elizabeth stephanie samantha maria anna sarah hannah sophia emma olivia alexander george
richard joseph patrick harley buster maggie jasmine taylor morgan
silver golden diamond crystal purple yellow orange green black white blue red pink
mustang ferrari porsche mercedes toyota honda yamaha suzuki kawasaki corvette camaro harley
money dollar rupiah million business manager office company security private hidden
sayang sayangku cinta cintaku cantik ganteng rindu kangen kekasih pacar bunga melati mawar matahari bulan bintang
indonesia jakarta bandung surabaya semarang yogyakarta jogja medan makassar palembang denpasar bali malang bogor
depok bekasi tangerang sumatera kalimantan sulawesi papua borneo java jawa garuda pancasila merdeka nusantara
rahasia sandi katasandi masuk keluar buka kunci rumah rumahku keluarga ibu bapak ayah mama papa adik kakak anak
anjing kucing harimau gajah burung elang naga kuda ikan ayam sapi kambing kelinci
persib persija persebaya arema timnas garudamuda bola sepakbola juara
nasi goreng rendang bakso soto sate kopi susu durian mangga pisang
senin selasa rabu kamis jumat sabtu minggu januari februari maret mei juni juli agustus oktober desember
budi agus dewi siti putri putra ayu wati rizky rizki dimas andi rina rini yanti nurul fitri aditya bagus
bismilah semangat sukses sehat bahagia berkah doa amin selamat terimakasih apa kabar aku kamu dia kita gue
guru dokter polisi tentara mahasiswa sekolah kampus kuliah bos juragan preman
`
  .trim()
  .split(/\s+/);
const commonWords = new Set(words);

/** Rows of keyboards, the alphabet and the digits, as fingers run along them. */
const runs = [
  'abcdefghijklmnopqrstuvwxyz',
  '01234567890123456789',
  'qwertyuiop',
  'qwertzuiop',
  'azertyuiop',
  'asdfghjkl',
  'zxcvbnm',
  '!@#$%^&*()',
  '1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p',
  'qazwsxedcrfvtgbyhnujmikolp',
  '1q2w3e4r5t6y7u8i9o0p',
  'q1w2e3r4t5y6u7i8o9p0',
].flatMap((run) => [run, [...run].reverse().join('')]);

const lookalikes: Record<string, string> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '@': 'a',
  $: 's',
  '!': 'i',
};

/**
 * Refuses passwords that a guesser tries first (NIST SP 800-63B, 3.1.1.2). The contract has checked the length.
 * @param field its name in the request
 */
export function assertStrong(
  password: string,
  person: { email: string; name: string },
  field = 'password',
): void {
  const weakness = findWeakness(password, person);
  if (weakness) {
    throw new DomainError('auth.weak_password', 'invalid', `This password ${weakness}.`, {
      errors: [{ field, detail: weakness }],
    });
  }
}

export function findWeakness(password: string, person: { email: string; name: string }): string | undefined {
  const plain = password.normalize('NFKC').toLowerCase();
  if (new Set(plain).size < 4) return 'has too few different characters';
  if (/^[\d\s./-]{1,14}$/.test(plain)) return 'is only a number';
  if (isRun(plain)) return 'follows the keyboard';
  if (personalWords(person).some((word) => plain.includes(word)))
    return 'contains your name or e-mail address';
  if (isCommon(plain)) return 'is among the most common ones';
  return undefined;
}

/** A few keyboard runs and nothing else: qwerty123456, abcd1234. */
function isRun(plain: string): boolean {
  let rest = plain;
  while (rest.length > 0) {
    let length = Math.min(rest.length, 40);
    while (length >= 3 && !runs.some((run) => run.includes(rest.slice(0, length)))) length--;
    if (length < 3) return rest.length < 3 && rest.length < plain.length;
    rest = rest.slice(length);
  }
  return true;
}

function personalWords({ email, name }: { email: string; name: string }): string[] {
  const local = email.slice(0, email.lastIndexOf('@'));
  const parts = [email, local, ...local.split(/[^\p{L}\p{N}]+/u), ...name.split(/\s+/)];
  return parts.map((part) => part.normalize('NFKC').toLowerCase()).filter((part) => part.length >= 5);
}

function isCommon(plain: string): boolean {
  return [plain, undisguise(plain)].some((text) => {
    const { core, decoration } = coreOf(text);
    const cores = [core, undisguise(core)];
    if (decoration <= 6 && cores.some((word) => commonWords.has(word))) return true;
    return decoration <= 3 && cores.some(isPair);
  });
}

/** The password without the digits and signs that people add because a form asks for them. */
function coreOf(text: string): { core: string; decoration: number } {
  const [, before = '', core = '', after = ''] = /^([^a-z]*)(.*?)([^a-z]*)$/s.exec(text) ?? [];
  return { core, decoration: before.length + after.length };
}

function undisguise(text: string): string {
  return text.replace(/[013457@$!]/g, (sign) => lookalikes[sign] ?? sign);
}

/** Two common words in one, or a short thing repeated; a phrase of three words and more is as it should be. */
function isPair(core: string): boolean {
  const repeated = /^(.{2,}?)\1+$/.exec(core)?.[1];
  if (repeated && (repeated.length < 5 || commonWords.has(repeated))) return true;
  for (let cut = 3; cut <= core.length - 3; cut++) {
    if (commonWords.has(core.slice(0, cut)) && commonWords.has(core.slice(cut))) return true;
  }
  return false;
}
