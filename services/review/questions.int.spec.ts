import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asSeller, asStaff, clock, codeOf, newBuyer, startReview } from './testing.js';

let kit: Awaited<ReturnType<typeof startReview>>;
beforeAll(async () => {
  kit = await startReview();
});
afterAll(() => kit.close());

const ask = (productId: string, text = 'Ini kopi arabika?', options = newBuyer('Andi').options) =>
  kit.questions.askQuestion({ productId, text }, options);

describe('a question', () => {
  it('is about a product that can be seen, and says something', async () => {
    const product = kit.newProduct();
    expect(await codeOf(ask(clock.id()))).toBe('product.not_found');
    expect(await codeOf(ask(product.productId, ' \n '))).toBe('request.invalid');
    expect(await codeOf(ask(product.productId, 'x'.repeat(1001)))).toBe('request.invalid');
    expect(await ask(product.productId)).toMatchObject({ authorName: 'Andi', sellerId: product.sellerId });
  });

  it('is answered by the seller and by buyers, and by nobody else', async () => {
    const product = kit.newProduct();
    const { id } = await ask(product.productId);
    const answer = (options: object, text = 'Ya.') => kit.questions.answerQuestion({ id, text }, options);
    const stranger = newBuyer();
    expect(await codeOf(answer(stranger.options))).toBe('question.not_a_buyer');
    expect(await codeOf(answer(asSeller(clock.id())))).toBe('question.not_a_buyer');
    expect(await answer(asSeller(product.sellerId))).toMatchObject({
      bySeller: true,
      authorName: 'Toko Solo',
    });
    const buyer = newBuyer('Rina');
    await kit.deliver(buyer, product);
    expect(await answer(buyer.options)).toMatchObject({ bySeller: false, authorName: 'Rina' });
    const other = kit.newProduct();
    await kit.deliver(stranger, other);
    expect(await codeOf(answer(stranger.options))).toBe('question.not_a_buyer');
    expect(await codeOf(kit.questions.answerQuestion({ id: clock.id(), text: 'x' }, buyer.options))).toBe(
      'question.not_found',
    );
    const { questions } = await kit.questions.listQuestions({ productId: product.productId });
    expect(questions).toMatchObject([{ answerCount: 2, answers: [{ bySeller: true }, { bySeller: false }] }]);
  });

  it('counts its answers at any speed, and shows the first of them', async () => {
    const product = kit.newProduct();
    const { id } = await ask(product.productId);
    const seller = asSeller(product.sellerId);
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, n) => kit.questions.answerQuestion({ id, text: `Jawaban ${n}` }, seller)),
    );
    await Promise.all(
      answers.slice(0, 3).map((answer) => kit.questions.deleteAnswer({ id: answer.id }, seller)),
    );
    const found: string[] = [];
    for (let pageToken = ''; ; ) {
      const page = await kit.questions.listAnswers({ id, pageSize: 2, pageToken });
      found.push(...page.answers.map((answer) => answer.id));
      pageToken = page.nextPageToken;
      if (!pageToken) break;
    }
    expect(found.sort()).toEqual(
      answers
        .slice(3)
        .map((answer) => answer.id)
        .sort(),
    );
    const [question] = (await kit.questions.listQuestions({ productId: product.productId })).questions;
    expect(question).toMatchObject({ answerCount: 5, answers: [{}, {}, {}] });
  });

  it('is found by its seller as long as nobody answered', async () => {
    const product = kit.newProduct();
    const seller = asSeller(product.sellerId);
    const first = await ask(product.productId);
    const second = await ask(product.productId, 'Bisa kirim hari ini?');
    const unanswered = async () =>
      (await kit.questions.listSellerQuestions({ unanswered: true }, seller)).questions.map(({ id }) => id);
    expect(await unanswered()).toEqual([second.id, first.id]);
    const answer = await kit.questions.answerQuestion({ id: second.id, text: 'Bisa.' }, seller);
    expect(await unanswered()).toEqual([first.id]);
    await kit.questions.deleteAnswer({ id: answer.id }, seller);
    expect(await unanswered()).toEqual([second.id, first.id]);
    expect((await kit.questions.listSellerQuestions({}, asSeller(clock.id()))).questions).toEqual([]);
  });

  it('and its answers are taken back by their authors only', async () => {
    const product = kit.newProduct();
    const author = newBuyer();
    const { id } = await ask(product.productId, 'Ada?', author.options);
    const answer = await kit.questions.answerQuestion({ id, text: 'Ada.' }, asSeller(product.sellerId));
    expect(await codeOf(kit.questions.deleteQuestion({ id }, newBuyer().options))).toBe('question.not_found');
    expect(await codeOf(kit.questions.deleteAnswer({ id: answer.id }, author.options))).toBe(
      'answer.not_found',
    );
    await kit.questions.deleteQuestion({ id }, author.options);
    expect((await kit.questions.listQuestions({ productId: product.productId })).questions).toEqual([]);
    expect((await kit.questions.listAnswers({ id })).answers).toEqual([]);
    expect(await codeOf(kit.questions.deleteQuestion({ id }, author.options))).toBe('question.not_found');
  });

  it('is hidden by staff when it was reported, an answer too', async () => {
    const product = kit.newProduct();
    const { id } = await ask(product.productId);
    const seller = asSeller(product.sellerId);
    const answer = await kit.questions.answerQuestion({ id, text: 'Kasar!' }, seller);
    await kit.questions.reportQuestion({ id, reason: 1 }, newBuyer().options);
    await kit.questions.reportAnswer({ id: answer.id, reason: 2 }, newBuyer().options);
    const staff = asStaff();
    const { cases } = await kit.reviews.listModerationCases({ pageSize: 100 }, staff);
    const caseOf = (subjectId: string) => cases.find((each) => each.subjectId === subjectId)?.id ?? '';
    const read = async () => (await kit.questions.listQuestions({ productId: product.productId })).questions;

    await kit.reviews.decideModerationCase({ id: caseOf(answer.id), hide: true }, staff);
    expect(await read()).toMatchObject([{ answerCount: 0, answers: [] }]);
    await kit.reviews.decideModerationCase({ id: caseOf(answer.id), hide: true }, staff);
    await kit.reviews.decideModerationCase({ id: caseOf(answer.id), hide: false }, staff);
    expect(await read()).toMatchObject([{ answerCount: 1, answers: [{ text: 'Kasar!' }] }]);
    await kit.reviews.decideModerationCase({ id: caseOf(id), hide: true }, staff);
    expect(await read()).toEqual([]);
    expect(await codeOf(kit.questions.answerQuestion({ id, text: 'Ya.' }, seller))).toBe(
      'question.not_found',
    );
  });
});
