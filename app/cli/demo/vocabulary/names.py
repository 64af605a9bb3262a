"""Names of the demo company's people: everyday first names and surnames, combined by chance.

No name here was taken from a list of persons; a combination that somebody really bears is a coincidence.
"""

from __future__ import annotations

MEN = tuple(
    """
    Александр Алексей Альберт Анатолий Андрей Антон Арсений Артём Артур Аслан Богдан Борис Вадим Валентин Валерий
    Василий Виктор Виталий Влад Владимир Владислав Всеволод Вячеслав Георгий Герман Глеб Григорий Давид Данил Даниил
    Денис Дмитрий Евгений Егор Иван Игнат Игорь Илья Ильдар Искандер Камиль Кирилл Константин Лев Леонид Магомед
    Макар Максим Марат Марк Матвей Мирон Михаил Назар Никита Николай Олег Павел Пётр Платон Радик Рамиль Ренат Роберт
    Родион Роман Руслан Рустам Савелий Салават Семён Сергей Станислав Степан Тагир Тамерлан Тимофей Тимур Тихон Фёдор
    Филипп Эдуард Эльдар Юрий Ян Яков Ярослав
    """.split()
)

WOMEN = tuple(
    """
    Аида Айгуль Алёна Александра Алина Алиса Алла Альбина Амина Анастасия Ангелина Анжела Анна Антонина Арина Ася
    Белла Валентина Валерия Варвара Василиса Вера Вероника Виктория Виолетта Галина Гузель Дарья Диана Дина Динара
    Евгения Екатерина Елена Елизавета Жанна Залина Зарина Злата Зоя Инна Ирина Камилла Карина Кира Кристина Ксения
    Лариса Лейла Лиана Лидия Лилия Любовь Людмила Майя Маргарита Марина Мария Марьям Милана Мила Надежда Наталья
    Нелли Ника Нина Оксана Олеся Ольга Полина Раиса Регина Рената Римма Роза Руслана Сабина Светлана София Стефания
    Таисия Тамара Татьяна Ульяна Фарида Эвелина Элина Эльвира Эмма Юлия Яна Ярослава
    """.split()
)

#: Surnames of men; women's are made from them.
SURNAMES = tuple(
    """
    Абакумов Авдеев Агапов Азарин Акимов Аксёнов Алабин Алтынов Ананьин Анохин Ахметов Байков Бакулин Балашов Барсуков
    Батурин Беликов Белобородов Березин Бестужев Бирюков Бобров Боголюбов Бондарев Борисенков Брагин Булатов Бурмистров
    Вавилов Вагин Валиев Варламов Ведерников Веретенников Вершинин Веселов Вихров Воеводин Волгин Воробьёв Воронин
    Вязов Габитов Гаврилин Галимов Гареев Герасимов Гладков Глухов Голубев Горбунов Гордеев Горелов Грачёв Гребнев
    Громов Гусев Давлетов Дементьев Дёмин Дмитров Доронин Дорохов Дубровин Дьяков Евсеев Егоршин Еланцев Ельников
    Ермаков Ершов Ефимов Жаворонков Жданов Железнов Жильцов Жуков Журавлёв Завьялов Заикин Зайнуллин Закиров Залесов
    Зверев Зимин Золотов Зорин Зубарев Ибрагимов Игнатов Измайлов Ильин Исаев Ишимов Казанцев Калинин Камалов Каменев
    Капустин Карелин Карпов Касымов Каюмов Киселёв Клёнов Климов Князев Кобзев Колесов Колпаков Комаров Кондратьев
    Коновалов Копылов Корнеев Коротков Косарев Кочетов Кравцов Краснов Крутов Крылов Кудрявцев Кузьмин Куликов
    Куракин Кутузов Лавров Ладыгин Лазарев Лапин Ларин Лебедев Леонтьев Лисин Листьев Логинов Локтев Лопатин Лосев
    Лугов Лукин Лыков Любимов Майоров Макаров Малахов Малинин Мальцев Мамаев Маркелов Мартынов Маслов Матвеев Мельников
    Мерзляков Мещеряков Минаев Миронов Митин Мишарин Молчанов Морозов Мохов Мурзин Мусин Мухин Мясников Набиев Назаров
    Наумов Нестеров Нефёдов Никитин Никонов Новиков Носков Овсянников Огарков Одинцов Озеров Окунев Орешкин Орлов
    Осипов Островков Павлов Панин Панкратов Парамонов Пахомов Пермяков Пестов Петухов Пименов Плотников Пожарин
    Поляков Пономарёв Потапов Прокофьев Прохоров Птицын Пудов Рагозин Раков Рахимов Резников Родин Рожков Романов
    Рощин Рубцов Рудаков Румянцев Русаков Рыбаков Рябинин Савельев Садыков Сазонов Салахов Самойлов Сафин Свиридов
    Севастьянов Седов Селезнёв Семёнов Сергеев Серов Сибиряков Сидоров Ситников Скворцов Скобелев Снегирёв Соболев
    Соколов Соловьёв Сомов Сорокин Спиридонов Старков Степанов Стрелков Строев Субботин Суворин Суслов Сухов Сычёв
    Таиров Талалаев Тарасов Телегин Терентьев Тимошин Тихонов Токарев Толмачёв Третьяков Трифонов Туманов Тюрин
    Уваров Усманов Устинов Утёсов Фадеев Файзуллин Федотов Филатов Фокин Фомин Фролов Хабиров Хазов Хайруллин Харитонов
    Хисамов Хлебников Хорошев Храмов Хрулёв Худяков Царёв Цветков Чалов Чернов Чесноков Чижов Чудинов Шадрин Шакиров
    Шаров Шевелёв Шестаков Шилов Широков Шишкин Шмелёв Шубин Щеглов Щербаков Щукин Юдин Юнусов Юрлов Яковлев Якупов
    Янин Ярцев Яшин Яхонтов
    """.split()
)

#: Surnames that are the same for men and women.
SHARED_SURNAMES = tuple(
    """
    Бойко Бондаренко Гаврилюк Гончар Григорян Дзюба Дорош Дудник Жук Зозуля Кабак Ким Ковальчук Коваль Ковтун
    Крамаренко Кузьменко Лещенко Лысенко Мартиросян Мельник Мороз Наумчик Нестеренко Остапчук Пак Приходько Саркисян
    Сердюк Симоненко Скляр Ткаченко Урсул Хван Цой Черных Чумак Шевчук Шульга Щерба Юн Яременко Яценко
    Белых Седых Долгих Коротких Польских Хабаровских Донских Сухих
    """.split()
)

ENGLISH_MEN = tuple(
    """
    Aaron Adrian Alistair Arthur Benedict Brendan Callum Cedric Colin Conrad Damian Desmond Duncan Edgar Elliot Fergus
    Gareth Gilbert Graham Hamish Harvey Hugh Ivor Jasper Jerome Julian Keith Lachlan Leonard Linus Malcolm Marcus
    Nathan Neville Oscar Owen Percy Quentin Ralph Rory Rupert Silas Stuart Tobias Trevor Vernon Victor Wesley
    """.split()
)

ENGLISH_WOMEN = tuple(
    """
    Abigail Adele Agnes Amelia Audrey Beatrice Bridget Cecily Charlotte Clara Constance Cora Daphne Deborah Edith
    Eleanor Emma Estelle Fiona Flora Frances Georgina Gillian Hazel Heather Imogen Iris Isobel Jocelyn Josephine Judith
    Laurel Leonie Lorna Louisa Mabel Marian Matilda Miriam Nora Olive Phoebe Prudence Rosalind Ruth Sybil Tabitha
    Verity Violet Winifred
    """.split()
)

ENGLISH_SURNAMES = tuple(
    """
    Abernathy Alderwick Ashdown Barrowby Birchall Blackwood Brackley Bramwell Brindle Calloway Carmody Chatterley
    Cobbold Corbridge Cresswell Dalrymple Dunmore Eastwick Ellerby Fairbairn Farrow Fenwick Forsythe Garside Glenwood
    Greenhalgh Hadleigh Halloran Hartley Hathersage Haverstock Hollis Inglewood Kettering Kirkbride Langdale Larkspur
    Lockwood Marchbank Merrivale Nettleton Norbury Oakeshott Ormerod Pemberley Penhallow Quayle Ravenscroft Redfern
    Rowntree Sandiford Selwyn Stanhope Tattersall Thistlewood Thornbury Underhill Wainscott Westerby Whitfield
    Winterbourne Woolridge Yarwood
    """.split()
)


def womans_surname(surname: str) -> str:
    """The form a woman bears of a surname in -ов, -ев, -ёв, -ин or -ын; others stay as they are."""
    return surname + "а" if surname.endswith(("ов", "ев", "ёв", "ин", "ын")) else surname


def patronymic(father: str, *, woman: bool) -> str:
    """The middle name from the father's first name; empty where it would be unusual."""
    irregular = {
        "Илья": ("Ильич", "Ильинична"), "Лев": ("Львович", "Львовна"), "Павел": ("Павлович", "Павловна"),
        "Пётр": ("Петрович", "Петровна"), "Яков": ("Яковлевич", "Яковлевна"), "Никита": ("Никитич", "Никитична"),
        "Михаил": ("Михайлович", "Михайловна"), "Данил": ("Данилович", "Даниловна"),
        "Даниил": ("Даниилович", "Данииловна"), "Кирилл": ("Кириллович", "Кирилловна"),
        "Салават": ("Салаватович", "Салаватовна"), "Семён": ("Семёнович", "Семёновна"),
    }  # fmt: skip
    if father in irregular:
        return irregular[father][woman]
    if father.endswith("ий"):
        return father[:-2] + ("ьевна" if woman else "ьевич")
    if father.endswith(("й", "ь")):
        return father[:-1] + ("евна" if woman else "евич")
    if father.endswith(("а", "я")):
        return ""
    return father + ("овна" if woman else "ович")
