"""Numbers of a row are found in any writing of its translation, and missed when they are wrong."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from podcast.language import TARGETS, Language
from podcast.languages.units import Unit
from translation.numbers.row_numbers import lost_numbers, numbers_in

KO, ZH, JA = Language.KO, Language.ZH, Language.JA


@pytest.mark.parametrize(
    ("source", "language", "text"),
    [
        # Large numbers, in digits, characters and mixtures.
        ("It has 2 billion parameters.", KO, "파라미터가 20억 개예요."),
        ("It has 2 billion parameters.", KO, "파라미터가 20 억 개예요."),
        ("It has 2 billion parameters.", KO, "파라미터가 이십억 개예요."),
        ("It has 2 billion parameters.", ZH, "它有 20 亿参数。"),
        ("It has 2 billion parameters.", ZH, "它有 20 億個參數。"),
        ("It has 2 billion parameters.", ZH, "它有二十亿个参数。"),
        ("It has 2 billion parameters.", JA, "パラメータは 2十億個です。"),
        ("It has 2 billion parameters.", JA, "パラメータは二十億個です。"),
        ("It has 2 billion parameters.", JA, "パラメータは２０億個です。"),
        ("It has 2 billion parameters.", JA, "パラメータは 2,000,000,000 個です。"),
        ("About 1.5 million users.", KO, "사용자가 약 150만 명이에요."),
        ("About 1.5 million users.", KO, "사용자가 백오십만 명이에요."),
        ("About 1.5 million users.", ZH, "大约 150 万用户。"),
        ("About 1.5 million users.", JA, "ユーザーは約 150 万人。"),
        ("We sold 25,000 books.", KO, "책을 2만 5천 권 팔았어요."),
        ("We sold 25,000 books.", KO, "책을 이만 오천 권 팔았어요."),
        ("We sold 25,000 books.", KO, "책을 2만 5000권 팔았어요."),
        ("We sold 25,000 books.", ZH, "我们卖了 2.5 万本书。"),
        ("We sold 25,000 books.", ZH, "我们卖了两万五本书。"),
        ("We sold 25,000 books.", ZH, "我们卖了 2 万 5 千本书。"),
        ("We sold 25,000 books.", JA, "本を 25000 冊売りました。"),
        ("We sold 25,000 books.", JA, "本を二万五千冊売りました。"),
        ("It costs 320 million.", KO, "3억 2000만이 들어요."),
        ("Over 2 trillion tokens.", ZH, "超过 2 万亿个词元。"),
        ("Over 2 trillion tokens.", ZH, "超过两万亿个词元。"),
        ("Over 2 trillion tokens.", JA, "2 兆トークン以上。"),
        ("There are 105 of them.", ZH, "一共有一百零五个。"),
        ("There are 12,000 people.", ZH, "有一万二人。"),
        ("There are 105 of them.", JA, "百五個あります。"),
        ("I have 20 million plus users.", ZH, "我有 2000 多万用户。"),
        ("We have 5k stars.", KO, "별이 5천 개예요."),
        ("We have 5k stars.", ZH, "我们有 5000 颗星。"),
        ("We have 5K stars.", ZH, "我们有 5K 星标。"),
        ("It's a 31B model.", ZH, "这是 31B 模型。"),
        ("It's a 31B model.", KO, "310억 모델이에요."),
        ("2 to 3 million users", KO, "사용자 200만~300만 명"),
        ("2 to 3 million users", ZH, "两三百万用户"),
        ("2 to 3 million users", JA, "2～3 百万人のユーザー"),
        ("half a million people", ZH, "五十万人"),
        ("two and a half million people", KO, "250만 명"),
        # Money and shares.
        ("The app costs 3 dollars.", KO, "그 앱은 3달러예요."),
        ("The app costs 3 dollars.", KO, "그 앱은 삼 달러예요."),
        ("The app costs 3 dollars.", ZH, "这个应用 3 美元。"),
        ("The app costs 3 dollars.", ZH, "这个应用三美元。"),
        ("The app costs 3 dollars.", ZH, "这个应用三块钱。"),
        ("The app costs 3 dollars.", JA, "そのアプリは 3ドルです。"),
        ("The app costs $3.50.", JA, "そのアプリは 3.5 ドルです。"),
        ("The app costs $3.50.", ZH, "这个应用 $3.50。"),
        ("They raised $2.5 billion.", KO, "25억 달러를 모았어요."),
        ("They raised $2.5 billion.", ZH, "他们融了 25 亿美元。"),
        ("It is 50% faster.", KO, "50% 더 빨라요."),
        ("It is 50% faster.", KO, "오십 퍼센트 더 빨라요."),
        ("It is 50 percent faster.", KO, "50퍼센트 더 빨라요."),
        ("It is 50 percent faster.", KO, "50프로 더 빨라요."),
        ("It is 50 percent faster.", ZH, "快了百分之五十。"),
        ("It is 50 percent faster.", ZH, "快了五成。"),
        ("It is 50 percent faster.", ZH, "快了百分之 50。"),
        ("It is 50 percent of all.", ZH, "占一半。"),
        ("It is 50 percent faster.", JA, "50 パーセント速い。"),
        ("It is 50 percent faster.", JA, "五割速い。"),
        ("It is 50 percent faster.", JA, "５０％速い。"),
        ("20% off", ZH, "打八折"),
        ("one percent of it", ZH, "其中的百分之一"),
        ("two percent of it", KO, "그중 2퍼센트"),
        ("Five percentage points.", ZH, "5 个百分点。"),
        # Times of day.
        ("It starts at 6:30 a.m.", KO, "오전 6시 30분에 시작해요."),
        ("It starts at 6:30 a.m.", KO, "새벽 6시 반에 시작해요."),
        ("It starts at 6:30 a.m.", KO, "아침 여섯 시 반에 시작해요."),
        ("It starts at 6:30 a.m.", ZH, "早上 6 点 30 分开始。"),
        ("It starts at 6:30 a.m.", ZH, "六点半开始。"),
        ("It starts at 6:30 a.m.", ZH, "早上 6:30 开始。"),
        ("It starts at 6:30 a.m.", ZH, "早上六点三十开始。"),
        ("It starts at 6:30 a.m.", JA, "午前6時30分に始まります。"),
        ("It starts at 6:30 a.m.", JA, "午前 6 時半に始まります。"),
        ("It starts at 5 p.m.", KO, "오후 5시에 시작해요."),
        ("It starts at 5 p.m.", KO, "17시에 시작해요."),
        ("It starts at 5 p.m.", KO, "오후 다섯 시에 시작해요."),
        ("It starts at 5pm.", ZH, "下午五点开始。"),
        ("It starts at 5 PM.", JA, "17:00 に始まります。"),
        ("It starts at 5 o'clock.", JA, "五時に始まります。"),
        ("It starts at 12 p.m.", JA, "午後 0 時に始まります。"),
        ("It starts at 12:15.", ZH, "12 点一刻开始。"),
        ("We close at 11 p.m.", ZH, "晚上十一点关门。"),
        ("I get up at 6 in the morning.", KO, "아침 6시에 일어나요."),
        ("from 9 to 5", KO, "9시부터 5시까지"),
        # Dates, years and decades.
        ("March 3rd, 2024", KO, "2024년 3월 3일"),
        ("March 3rd, 2024", ZH, "2024 年 3 月 3 日"),
        ("March 3rd, 2024", ZH, "二〇二四年三月三号"),
        ("March 3rd, 2024", ZH, "二零二四年三月三日"),
        ("March 3rd, 2024", JA, "2024年3月3日"),
        ("on June 6", KO, "유월 육일에"),
        ("in 2024", KO, "2024년에"),
        ("in 2024", KO, "이천이십사 년에"),
        ("twenty twenty-four", JA, "2024 年"),
        ("nineteen eighty-four", ZH, "1984 年"),
        ("in May", ZH, "五月"),
        ("the 90s", KO, "90년대"),
        ("the '90s", ZH, "九十年代"),
        ("the 1990s", KO, "1990년대"),
        ("the 1990s", JA, "90年代"),
        ("the 1990s", ZH, "上世纪九十年代"),
        ("in my 20s", KO, "이십대에"),
        ("in my 20s", ZH, "二十多岁的时候"),
        ("the 21st century", KO, "21세기"),
        ("the 21st century", ZH, "二十一世纪"),
        ("the 2nd time", KO, "두 번째"),
        ("the 1st one", KO, "첫 번째 것"),
        ("the 3rd one", JA, "三つ目"),
        ("on 2024-03-05", KO, "2024년 3월 5일에"),
        # Number words, native Korean and Japanese counting words.
        ("twenty-five", KO, "스물다섯"),
        ("twenty-five people", KO, "이십오 명"),
        ("twenty-five people", ZH, "二十五个人"),
        ("twenty-five people", JA, "25 人"),
        ("3 people", KO, "세 명"),
        ("5 things", KO, "다섯 가지"),
        ("2 models", KO, "두 모델"),
        ("20 years old", KO, "스무 살"),
        ("4 people", KO, "넷이요"),
        ("3 days ago", KO, "사흘 전에"),
        ("2 of them", ZH, "他们俩"),
        ("2 books", ZH, "两本书"),
        ("3 books", JA, "本が三つ"),
        ("2 books", JA, "ふたつの本"),
        ("2 people", JA, "二人"),
        ("20 years old", JA, "はたち"),
        ("two or three people", KO, "두세 명"),
        ("two or three people", ZH, "两三个人"),
        ("2 or 3 people", ZH, "两三个人"),
        ("7 or 8 people", KO, "일고여덟 명"),
        ("70 or 80 people", ZH, "七八十人"),
        ("three hundred and five people", ZH, "三百零五人"),
        ("two point five times", JA, "2.5 倍"),
        ("3.5 times", ZH, "三点五倍"),
        ("3.5 times", KO, "삼점오 배"),
        # Measures and half measures.
        ("1 and 1/2 years ago", KO, "1년 반 전에"),
        ("1 1 and 1/2 years ago", ZH, "一年半前"),
        ("one and a half hours", JA, "1 時間半"),
        ("1.5 hours", KO, "한 시간 반"),
        ("3 and a half hours", ZH, "三个半小时"),
        ("a 10-hour flight", ZH, "10 小时的航班"),
        ("two weeks", KO, "2주"),
        ("two weeks", ZH, "两个星期"),
        ("3 months", JA, "3ヶ月"),
        ("3 months", ZH, "三个月"),
        ("3 months", KO, "세 달"),
        ("5 kilograms", ZH, "5 千克"),
        ("3 to 5 days", KO, "3~5일"),
        ("3 to 5 days", ZH, "三到五天"),
        ("3-5 days", JA, "3〜5 日"),
        ("1/2 of it", KO, "그것의 2분의 1"),
        ("1/3 of it", ZH, "三分之一"),
        ("2/3 of it", JA, "3 分の 2"),
        ("1/2 of it", JA, "半分"),
        # Names and versions.
        ("Gemma 3.1 is out.", KO, "Gemma 3.1이 나왔어요."),
        ("Python 3.12 and Python 3.10", ZH, "Python 3.12 和 Python 3.10"),
        ("Version 1.2.3 is out.", JA, "バージョン 1.2.3 が出ました。"),
        ("It's an E2B.", ZH, "这是 E2B。"),
        ("GPT-4 is old.", JA, "GPT-4 は古い。"),
        ("Q3 was good.", KO, "3분기가 좋았어요."),
        ("Gemma 4, and Gemma 4 again", KO, "Gemma 4, 다시요"),
        ("Gemma 4 on 4 GPUs", KO, "GPU 4개로 Gemma 4를"),
        ("It's 10x faster.", KO, "열 배 빨라요."),
        ("It's a 29B and a 31B.", KO, "29B와 31B예요."),
        ("Room for 5k people", ZH, "容纳 5k 人"),
        # Measures, also in other units that are worth as much.
        ("It is 5 miles away.", KO, "5마일 떨어져 있어요."),
        ("It is 3,000 miles away.", KO, "약 4,800km 떨어져 있어요."),
        ("It is 105 miles per hour (165 km/h).", KO, "시속 165km예요."),
        ("It is 645 miles away.", JA, "約1040キロ離れています。"),
        ("It weighs 5 kilograms.", KO, "5킬로예요."),
        ("two and a half hours", KO, "2시간 30분"),
        ("It weighs 5 pounds.", ZH, "重五磅。"),
        ("It weighs 5 pounds.", KO, "5파운드예요."),
        ("It costs £5.", JA, "5ポンドです。"),
        ("It has 16 gigabytes.", ZH, "有 16 GB。"),
        ("It has 16 GB.", JA, "16ギガバイトです。"),
        ("It takes 20 ms.", KO, "20밀리초 걸려요."),
        ("It covers 2.2 million km2.", ZH, "面积 220 万平方公里。"),
        ("It was 68 degrees Fahrenheit.", KO, "섭씨 20도였어요."),
        ("It was 20 degrees.", JA, "20度でした。"),
        ("for 24 hours", KO, "하루 동안"),
        ("for 12 months", KO, "1년 동안"),
        ("for 18 months", ZH, "一年半"),
        ("for three decades", KO, "30년 동안"),
        ("for three decades", JA, "30年間"),
        ("two centuries ago", ZH, "两个世纪前"),
        ("He is six feet tall.", ZH, "他身高一米八三。"),
        ("for a century", KO, "100년 동안"),
        ("in a decade", JA, "10年で"),
        ("one third of it", ZH, "其中三分之一"),
        ("It takes 5 microseconds.", KO, "5마이크로초 걸려요."),
        ("A dozen people came.", ZH, "来了十几个人。"),
        # Words of their own.
        ("one point two billion people", KO, "12억 명"),
        ("one point oh five million", JA, "105万"),
        ("It starts at half past six.", KO, "여섯 시 반에 시작해요."),
        ("It starts at half past six.", ZH, "六点半开始。"),
        ("It starts at a quarter to ten.", ZH, "差一刻十点开始。"),
        ("It starts at a quarter to ten.", KO, "10시 15분 전에 시작해요."),
        ("It starts at a quarter past ten.", JA, "10時15分に始まります。"),
        ("It starts at 12 p.m.", ZH, "中午开始。"),
        ("It starts at 12 p.m.", KO, "정오에 시작해요."),
        ("I met him twice.", KO, "그를 두 번 만났어요."),
        ("The price doubled.", ZH, "价格翻了一番。"),
        ("The price doubled.", JA, "価格が倍になりました。"),
        ("Half of them left.", KO, "그중 절반이 떠났어요."),
        ("half an hour", JA, "30分"),
        ("half an hour", ZH, "半小时"),
        ("a dozen eggs", KO, "달걀 열두 개"),
        ("four dozen bases", ZH, "四十余个基地"),
        ("the third time", KO, "세 번째"),
        ("the third time", ZH, "第三次"),
        ("the twenty-first century", ZH, "二十一世纪"),
        ("on Friday", KO, "금요일에"),
        ("on Friday", ZH, "周五"),
        ("on Sunday", ZH, "星期天"),
        ("on Friday", JA, "金曜日に"),
        ("In June we shipped it.", KO, "6월에 출시했어요."),
        ("September was hot.", ZH, "九月很热。"),
        ("It was -5 degrees.", KO, "영하 5도였어요."),
        ("It was minus five degrees.", ZH, "零下五度。"),
        ("the 1995-96 season", KO, "1995-1996년 시즌"),
        ("the 2000s", ZH, "21世纪"),
        ("in my mid-30s", ZH, "三十五六岁"),
        ("0.5 percent", ZH, "千分之五"),
        ("20 or 30 of them", JA, "2、30個"),
        ("On 9/11", ZH, "九一一那天"),
        ("the 80/20 rule", ZH, "二八法则"),
        ("two million to three million years", JA, "200～300万年"),
        ("Article 247", KO, "제247조"),
        ("about 1000 B.C.", KO, "기원전 1000년경"),
        # Shares and compounds of measures; converted, they are one number.
        ("half a mile wide", KO, "폭이 약 800m다."),
        ("half a century ago", KO, "반세기 전"),
        ("Half a day is not enough.", JA, "半日では足りない。"),
        ("three-quarters of an hour", JA, "45分"),
        ("It is 3/4 mile long.", ZH, "全长1.2公里。"),
        ("5 feet 9 inches tall", ZH, "身高1.75米"),
        ("six foot two", JA, "身長188センチ"),
        ("5'9\" tall", KO, "키 175cm"),
        ("It weighs 7 pounds 4 ounces.", KO, "무게는 3.3kg이다."),
        ("two hours and 27 minutes", KO, "147분"),
        ("eight to nine inches", ZH, "21至24厘米"),
        ("80 to 90 percent of them", ZH, "八到九成"),
        ("80 to 90 percent of them", JA, "8～9割"),
        ("It rose 14 feet.", JA, "4メートル以上上がった。"),
        ("1.2 gigawatts", JA, "120万キロワット"),
        ("Bake at 350 degrees.", KO, "섭씨 175도에서 구우세요."),
        ("highs in the mid-90s", ZH, "最高气温约35摄氏度"),
        ("6.2 inches of rain", JA, "157ミリの雨"),
        ("A third of them left.", KO, "그중 셋 중 하나가 떠났다."),
        ("A third of them left.", ZH, "其中三分之一离开了。"),
        ("Only a quarter of them left.", KO, "4분의 1만이 떠났다."),
        ("A quarter of them left.", ZH, "25%的人离开了。"),
        ("It was a quarter of a century.", JA, "四半世紀だった。"),
        ("a year and a half", KO, "1년 반"),
        ("a year and a half", ZH, "十八个月"),
        ("in the late 18th century", JA, "18世紀後半"),
        ("nine in 10 adults", ZH, "九成的成年人"),
        ("nine out of ten adults", JA, "成人の9割"),
        ("gusts of 162 km/h", JA, "最大瞬間風速45メートル"),
        ("It costs 30 grand.", KO, "3만 달러예요."),
        ("Standing 1.68 m tall", KO, "키 168cm"),
        ("I counted to ten.", KO, "열까지 셌어요."),
        # Results of races.
        ("She ran it in 10.72 seconds.", JA, "10秒72で走った。"),
        ("ahead by 0.023 seconds", JA, "0秒023差で"),
        ("They voted 14-0.", ZH, "14票赞成，无人反对。"),
        ("a time of 2:14:04", KO, "2시간 14분 4초"),
        ("He won in 1:47.33.", ZH, "他以1分47秒33获胜。"),
        ("the 4x100m relay", KO, "400m 계주"),
        ("the 4x100m relay", JA, "4×100メートルリレー"),
        # Times, dates and laws.
        ("at 0100 GMT", KO, "그리니치 표준시 오전 1시에"),
        ("at 0230 UTC", ZH, "(UTC 0230)"),
        ("at ten to nine", ZH, "八点五十"),
        ("at twenty past four", JA, "4時20分に"),
        ("on January 1", ZH, "元旦"),
        ("the 14th Amendment", KO, "수정헌법 14조"),
        # Multiples, and numerals within words.
        ("Cases tripled.", ZH, "病例增加了两倍。"),
        ("a tenfold increase", JA, "10倍に増えた。"),
        ("a cost of $1.9tn", KO, "1조 9000억 달러의 비용"),
        ("100 percent of the proceeds", KO, "수익금 전액"),
        ("She is a hundred and two.", KO, "백두 살이에요."),
        ("nine out of ten", KO, "열에 아홉"),
        ("0.23 astronomical units", KO, "0.23천문단위"),
        # Other habits of good translations.
        ("six months ago", ZH, "半年前"),
        ("six months ago", KO, "반년 전에"),
        ("30 minutes", ZH, "半个小时"),
        ("15 minutes", ZH, "一刻钟"),
        ("350 million people", ZH, "三点五亿人"),
        ("0.5 percent", ZH, "百分之零点五"),
        ("five or six hundred people", ZH, "五六百人"),
        ("five or six hundred people", KO, "오륙백 명"),
        ("twenty-five or six", JA, "二十五、六"),
        ("an 80/20 rule", ZH, "80/20 法则"),
        ("an 80/20 rule", KO, "80 대 20 법칙"),
        ("a 16:9 screen", ZH, "16:9 的屏幕"),
        ("On 9/11", KO, "9·11에"),
        ("back in '98", KO, "1998년에"),
        ("back in '98", ZH, "98 年"),
        ("100% of the users", ZH, "百分之百的用户"),
        ("the top 10", JA, "トップ 10"),
        ("two thirds of them", KO, "그중 3분의 2"),
        ("two-thirds of them", ZH, "三分之二的人"),
        ("for three quarters", KO, "세 분기 동안"),
        ("three quarters of it", JA, "その4分の3"),
        ("10x more for 1/10 of it", KO, "10분의 1로 10배"),
        ("5 days a week", ZH, "一周五天"),
        ("by 5 p.m. on Friday", ZH, "周五下午五点前"),
        ("22 days", KO, "이십이 일"),
        ("on the 22nd", KO, "이십이일에"),
        ("11 times", KO, "열한 번"),
        ("12 months", KO, "열두 달"),
        ("4 legs", KO, "네 다리"),
        ("He turned 30.", KO, "그는 서른이 됐어요."),
        ("20 of them", JA, "約二十"),
        ("1 day", KO, "하루"),
        ("1 person", JA, "一人"),
    ],
)  # fmt: skip
def test_a_number_is_found_in_every_writing(source: str, language: Language, text: str) -> None:
    assert numbers_in(source, Language.EN)
    assert lost_numbers(source, text, language) == ()


@pytest.mark.parametrize(
    ("source", "language", "text", "lost"),
    [
        ("It has 2 billion parameters.", KO, "파라미터가 20만 개예요.", "2 billion"),
        ("It has 2 billion parameters.", KO, "파라미터가 2개예요.", "2 billion"),
        ("It has 2 billion parameters.", ZH, "它有 2 亿参数。", "2 billion"),
        ("It has 2 billion parameters.", ZH, "它有很多参数。", "2 billion"),
        ("It has 2 billion parameters.", JA, "200 億個です。", "2 billion"),
        ("About 1.5 million users.", KO, "15만 명이에요.", "1.5 million"),
        ("About 1.5 million users.", ZH, "1.5 万用户。", "1.5 million"),
        ("We sold 25,000 books.", KO, "책을 2만 권 팔았어요.", "25,000"),
        ("We sold 20,000 books.", KO, "책을 2만 5천 권 팔았어요.", "20,000"),
        ("There are 105 of them.", ZH, "一共有一百五个。", "105"),
        ("The app costs 3 dollars.", KO, "그 앱은 3유로예요.", "3 dollars"),
        ("The app costs 3 dollars.", ZH, "这个应用 3 元。", "3 dollars"),
        ("The app costs $3.", JA, "3円です。", "$3"),
        ("It is 50% faster.", KO, "50 더 빨라요.", "50%"),
        ("It is 50 percent faster.", JA, "15％速い。", "50 percent"),
        ("It starts at 6:30 a.m.", KO, "오후 6시 30분에 시작해요.", "6:30 a.m."),
        ("It starts at 6:30 a.m.", ZH, "早上 6 点开始。", "6:30 a.m."),
        ("It starts at 5 p.m.", JA, "午前 5 時に始まります。", "5 p.m."),
        ("It starts at 5 p.m.", KO, "15시에 시작해요.", "5 p.m."),
        ("It starts at 5 p.m.", ZH, "5 分钟后开始。", "5 p.m."),
        ("March 3rd, 2024", KO, "2024년 4월 3일", "March"),
        ("March 3rd, 2024", ZH, "2024 年 3 月", "3rd"),
        ("March 3rd, 2024", JA, "3月3日", "2024"),
        ("in 2024", KO, "2023년에", "2024"),
        ("the 90s", ZH, "八十年代", "90s"),
        ("twenty-five people", KO, "스물네 명", "twenty-five"),
        ("twenty-five people", ZH, "二十个人", "twenty-five"),
        ("3 people", KO, "네 명", "3"),
        ("5 minutes", KO, "5시간", "5 minutes"),
        ("3 months", ZH, "三年", "3 months"),
        ("two weeks", JA, "二日", "two weeks"),
        ("Gemma 3.1 is out.", KO, "Gemma 3이 나왔어요.", "3.1"),
        ("Python 3.10 is out.", KO, "Python 3.1이 나왔어요.", "3.10"),
        ("Gemma 4 on 4 GPUs", KO, "GPU 여덟 개로 Gemma 4를", "4"),
        ("It's an E2B.", ZH, "这是 E4B。", "E2B"),
        ("100% of the users", KO, "사용자들이", "100%"),
        ("1/3 of it", ZH, "四分之一", "1/3"),
        ("3 to 5 days", KO, "3~6일", "5 days"),
        ("Room for 5k people", KO, "5명", "5k"),
        ("10x more for 1/10 of it", KO, "70분의 1로 10배", "1/10"),
        ("ten percent", JA, "9割", "ten percent"),
        ("two thirds of them", KO, "그중 2분의 1", "two thirds"),
        ("by 5 p.m. on Friday", ZH, "周五下午三点前", "5 p.m."),
        ("a 31B model", ZH, "31 模型", "31B"),
        ("$10M", KO, "10달러", "$10M"),
        ("an 80/20 rule", KO, "80 대 30 법칙", "20"),
        ("five or six hundred people", ZH, "五六十人", "six hundred"),
        ("0.5 percent", ZH, "百分之五", "0.5 percent"),
        ("3 hours", KO, "3시", "3 hours"),
        ("six months ago", ZH, "六年前", "six months"),
        ("one point two billion people", KO, "1.2명", "one point two billion"),
        ("In June we shipped it.", KO, "7월에 출시했어요.", "June"),
        ("on Friday", ZH, "周四", "Friday"),
        ("half past six", KO, "일곱 시 반", "half past six"),
        ("Half past three.", ZH, "三点。", "Half past three"),
        ("It doubled.", KO, "세 배가 됐어요.", "doubled"),
        ("It takes 5 microseconds.", ZH, "需要 5 秒。", "5 microseconds"),
        ("for a century", KO, "10년 동안", "a century"),
        ("one third of it", ZH, "四分之一", "one third"),
        ("A dozen of them.", KO, "스무 개예요.", "A dozen"),
        ("It was -5 degrees.", KO, "5도였어요.", "-5 degrees"),
        ("The price doubled.", ZH, "价格涨了。", "doubled"),
        ("the third time", KO, "네 번째", "third"),
        ("a dozen eggs", JA, "卵が6個", "a dozen"),
        ("It is 5 miles away.", KO, "5킬로미터 떨어져 있어요.", "5 miles"),
        ("It weighs 5 pounds.", KO, "5킬로그램이에요.", "5 pounds"),
        ("half a mile", KO, "반 킬로미터", "half a"),
        ("Version 3.1.2 in 10 places", KO, "3.1.3 버전이 10곳에", "3.1.2"),
        ("nine in 10 adults", JA, "成人の8割", "nine"),
        ("gusts of 162 km/h", KO, "초속 60미터", "162 km"),
        ("a year and a half", JA, "1か月半", "a year and a half"),
        ("in the 18th century", ZH, "18年", "18th century"),
        ("in the twentieth century", KO, "20년에", "twentieth"),
        ("Sales quadrupled in the years between.", KO, "그 사이 세 배가 됐다.", "quadrupled"),
        ("A third of them left.", JA, "4分の1が去った。", "A third"),
        ("the hottest June", KO, "가장 더운 7월", "June"),
        ("on Aug. 15", ZH, "9月15日", "Aug"),
        ("It rose 14 feet.", KO, "14m 상승했다.", "14 feet"),
        ("5 feet 9 inches tall", JA, "身長190センチ", "9 inches"),
        ("eight to nine inches", KO, "8~9cm", "eight"),
        ("80 to 90 percent of them", JA, "6～9割", "80"),
        ("1.2 gigawatts", ZH, "12万千瓦", "1.2 gigawatts"),
        ("highs in the mid-90s", ZH, "最高气温约20摄氏度", "90s"),
        ("She ran it in 10.72 seconds.", JA, "10秒27で走った。", "10.72 seconds"),
        ("a time of 2:14:04", KO, "2시간 41분 4초", "2:14:04"),
        ("at ten to nine", ZH, "九点十分", "ten to nine"),
        ("Cases tripled.", KO, "두 배로 늘었어요.", "tripled"),
        ("a tenfold increase", ZH, "增长了五倍。", "tenfold"),
        ("It has 16 GB.", ZH, "有 16 TB。", "16 GB"),
        ("It takes 20 ms.", KO, "20초 걸려요.", "20 ms"),
        ("It was 20 degrees Celsius.", JA, "華氏20度でした。", "20 degrees Celsius"),
        ("It is 6 feet tall.", ZH, "高 6 米。", "6 feet"),
        ("for 24 hours", KO, "사흘 동안", "24 hours"),
        ("for three decades", JA, "3年間", "three decades"),
        ("12 billion", ZH, "12 亿", "12 billion"),
        ("12 billion", KO, "12억", "12 billion"),
        ("twelve thousand", JA, "12 万", "twelve thousand"),
    ],
)  # fmt: skip
def test_a_lost_or_wrong_number_is_named(
    source: str, language: Language, text: str, lost: str
) -> None:
    assert lost in lost_numbers(source, text, language)


@pytest.mark.parametrize(
    "source",
    [
        "It is one of the best.",
        "No one knows.",
        "One thing is clear.",
        "For one thing, it works.",
        "The two of us agree.",
        "It is second to none.",
        "There are two things.",
        "Let's do it one day.",
        "One minute, please.",
        "It may march on.",
        "March is a verb here.",
        "It is open 24/7.",
        "Maya, Jane and Mark.",
        "It is open 24 hours a day, seven days a week.",
        "She earns six figures.",
        "on the Fourth of July",
        "I agree 100%.",
        "I'm 100 percent sure.",
        "It's a 9 to 5 job.",
        "It's fifty-fifty.",
        "Thanks a million.",
        "I told you a hundred times.",
        "There are thousands of them.",
        "A few hundred people came.",
        "The Big Four agreed.",
        "Give me a high five.",
        "We use a 3rd party library.",
        "On the one hand, on the other.",
        "It's zero-shot.",
        "First of all, we won.",
        "We are number one.",
        "We talked one-on-one.",
        "Eleven Labs made it.",
        "It has four nines.",
        "It was the Y2K bug.",
        "Black Friday is near.",
        "He wrote two third-party tools.",
        "Think twice about it.",
        "It was 1 of the best.",
        "COVID-19 changed it.",
    ],
)
def test_what_is_no_quantity_need_not_survive(source: str) -> None:
    assert numbers_in(source, Language.EN) == ()


@pytest.mark.parametrize(
    ("text", "language", "value", "unit"),
    [
        ("50%", Language.EN, 50, Unit.PERCENT),
        ("$2.5 billion", Language.EN, 2_500_000_000, Unit.USD),
        ("6:30 a.m.", Language.EN, 390, Unit.CLOCK),
        ("오후 6시 30분", KO, 1110, Unit.CLOCK),
        ("百分之五十", ZH, 50, Unit.PERCENT),
        ("三ヶ月", JA, 3, Unit.MONTH),
        ("3월", KO, 3, Unit.CALENDAR_MONTH),
        ("一千二百三十四万五千六百七十八", ZH, 12_345_678, Unit.NONE),
        ("천이백삼십사만", KO, 12_340_000, Unit.NONE),
        ("二百五", ZH, 250, Unit.NONE),
        ("二百五", JA, 205, Unit.NONE),
    ],
)
def test_numbers_have_a_value_and_a_unit(
    text: str, language: Language, value: int, unit: Unit
) -> None:
    found = [(v, a.unit) for a in numbers_in(text, language) for v in a.values]

    assert (Decimal(value), unit) in found


@given(st.integers(min_value=2, max_value=10**12), st.sampled_from(TARGETS))
@settings(max_examples=100)
def test_digits_copied_as_they_are_are_never_lost(number: int, target: Language) -> None:
    assert lost_numbers(f"We saw {number:,} of them.", f"{number}", target) == ()


@given(st.integers(min_value=2, max_value=10**6), st.integers(min_value=2, max_value=10**6))
@settings(max_examples=100)
def test_another_number_is_never_taken_for_it(number: int, other: int) -> None:
    lost = lost_numbers(f"We saw {number} of them.", f"我们看到了 {other} 个。", ZH)

    assert (lost == ()) == (number == other)


def in_characters(number: int, digits: str, small: str, large: str, *, is_chinese: bool) -> str:
    """Write a number out: 一万二千三百 or 만이천삼백."""
    groups = [number // 10_000**n % 10_000 for n in range(4)]
    text = ""
    for size, group in reversed(list(enumerate(groups))):
        if not group:
            continue
        if is_chinese and text and group < 1000:
            text += digits[0]
        text += _group(group, digits, small, is_chinese=is_chinese) + large[size].strip()
    return text


def _group(group: int, digits: str, small: str, *, is_chinese: bool) -> str:
    text, skipped = "", False
    for place in (3, 2, 1, 0):
        digit = group // 10**place % 10
        if not digit:
            skipped = bool(text)
            continue
        if is_chinese and skipped:
            text, skipped = text + digits[0], False
        is_implied = digit == 1 and place and not is_chinese
        text += ("" if is_implied else digits[digit]) + small[place].strip()
    return text


HAN = {"digits": "零一二三四五六七八九", "small": " 十百千"}
Writing = tuple[Language, str, dict[str, Any] | None]
WRITINGS: list[Writing] = [
    (ZH, "我们看到了 {:,} 个。", None),
    (ZH, "我们看到了{}个。", HAN | {"large": " 万亿兆", "is_chinese": True}),
    (JA, "{}個見ました。", HAN | {"large": " 万億兆", "is_chinese": False}),
    (KO, "{} 개를 봤어요.", {
        "digits": "영일이삼사오육칠팔구", "small": " 십백천", "large": " 만억조",
        "is_chinese": False,
    }),
]  # fmt: skip


@given(st.integers(min_value=11, max_value=10**12), st.integers(0, 3), st.sampled_from(WRITINGS))
@settings(max_examples=100)
def test_a_number_is_found_written_out_in_characters(
    number: int, zeros: int, writing: Writing
) -> None:
    number = number // 10 ** (3 * zeros) * 10 ** (3 * zeros) or 11
    target, row, signs = writing
    text = row.format(in_characters(number, **signs) if signs else number)

    assert lost_numbers(f"We saw {number:,} of them.", text, target) == ()
    assert lost_numbers(f"We saw {number + 7:,} of them.", text, target) == (f"{number + 7:,}",)
