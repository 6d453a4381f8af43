import { readMappingCsv } from './mapping-csv';

const ada = { email: 'ada@acme.example', subject: 'a-1' };
const bob = { email: 'bob@acme.example', subject: 'b-2' };

describe('a list in CSV', () => {
  it.each([
    ['commas', 'email,subject\nada@acme.example,a-1\nbob@acme.example,b-2'],
    [
      'semicolons, as European spreadsheets write',
      'subject;email\r\na-1;ada@acme.example\r\nb-2;bob@acme.example\r\n',
    ],
    [
      'tabs and other columns',
      'Name\tE-Mail\tSubject\nAda\tada@acme.example\ta-1\nBob\tbob@acme.example\tb-2\n',
    ],
    [
      'a byte order mark and empty lines',
      '\uFEFFEmail,Subject\n\nada@acme.example,a-1\n,\nbob@acme.example,b-2\n\n',
    ],
    ['quotes and white space', '"email", subject \n"ada@acme.example",a-1\n bob@acme.example ,"b-2"'],
    ['line ends of old computers', 'email,subject\rada@acme.example,a-1\rbob@acme.example,b-2\r'],
  ])('is read with %s [CON-10]', (_, text) => {
    expect(readMappingCsv(text)).toEqual([ada, bob]);
  });

  it('keeps separators, quotes and line ends of a quoted cell [CON-10]', () => {
    expect(readMappingCsv('old subject,subject\n"CN=Ada, ""A""\nO=Acme", x y ')).toEqual([
      { oldSubject: 'CN=Ada, "A"\nO=Acme', subject: 'x y' },
    ]);
  });

  it.each([
    ['nothing', '', 1],
    ['no heading', 'ada@acme.example,a-1', 1],
    ['no column that names people', 'name,subject\nAda,a-1', 1],
    ['both columns that name people', 'email,oldSubject,subject\na,b,c', 1],
    ['an empty cell', 'email,subject\nada@acme.example,a-1\n\n,b-2', 4],
    ['too few cells', 'email,subject\nada@acme.example', 2],
    ['an empty cell at the very end', 'email,subject\nada@acme.example,', 2],
    ['an open quote', 'email,subject\nada@acme.example,a-1\n"bob,b-2\n', 3],
    ['something behind a quote', 'email,subject\n"ada@acme.example"x,a-1', 2],
    ['a quote inside a cell', 'email,subject\nada@acme.example,a"1\n"x', 3],
  ])('is refused with the line where it has %s [CON-10]', (_, text, line) => {
    expect(() => readMappingCsv(text)).toThrow(`Correct line ${line} of the list`);
  });

  it('is read in time that grows with its size only [CON-10]', () => {
    const quotes = `email,subject\n${'"'.repeat(300_001)}`;
    const rows = Array.from({ length: 20_000 }, (_, index) => `p${index}@acme.example,s-${index}`);
    const long = `email,subject\n${rows.join('\n')}`;
    // Processor time: what else the machine does is not what is measured.
    const before = process.cpuUsage();
    expect(() => readMappingCsv(quotes)).toThrow('Correct line 2');
    expect(readMappingCsv(long)).toHaveLength(20_000);
    expect(process.cpuUsage(before).user / 1_000).toBeLessThan(2000);
  });
});
